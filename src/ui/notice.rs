//! Notices at the foot of the window.

use gloo_utils::document;
use yew::prelude::*;

/// A bar at the foot of the window, with a sentence in a paragraph and perhaps a button. Without content it is not seen.
///
/// It is drawn into the live region of `index.html`: a region that appears together with its text is not announced by
/// every screen reader. Keep the notice in the tree while it has nothing to say: Yew 0.23 leaks the listeners of each
/// portal that is mounted anew.
pub fn notice(content: Option<Html>) -> Html {
    let bar = html! {
        if let Some(content) = content {
            <div class="notice"><div class="column">{ content }</div></div>
        }
    };
    match document().get_element_by_id("notices") {
        Some(region) => create_portal(bar, region),
        None => bar,
    }
}
