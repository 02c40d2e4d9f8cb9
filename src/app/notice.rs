//! What the app has to say while people go on reading.

use yew::prelude::*;

use super::document::document;

/// A bar at the foot of the window, with a sentence in a paragraph, and perhaps a button. It stands in the page's one live region, which `index.html` holds: a region that
/// came together with its text would not be read aloud everywhere.
pub fn notice(children: Html) -> Html {
    let notice = html! {
        <div class="notice"><div class="column">{ children }</div></div>
    };
    match document().and_then(|document| document.get_element_by_id("notices")) {
        Some(region) => create_portal(notice, region),
        None => notice,
    }
}
