//! Posts that wait to be shown.

use web_sys::window;
use yew::prelude::*;

use crate::heading_focus::focus_heading;

/// Offers posts that have arrived while somebody reads.
pub fn new_posts_offer(waiting: usize, show: &Callback<()>) -> Html {
    let onclick = show.reform(|_: MouseEvent| {
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        // The button is gone with what it offered.
        focus_heading();
    });
    html! {
        if waiting > 0 {
            <button class="button" type="button" {onclick}>
                { format!("Show {waiting} new {}", if waiting == 1 { "post" } else { "posts" }) }
            </button>
        }
    }
}
