//! What the app has to say while people go on reading.

use yew::prelude::*;

use crate::document::document;

/// A bar at the foot of the window, with a sentence in a paragraph, and perhaps a button, or with nothing to say and not
/// to be seen. It stands in the page's one live region, which `index.html` holds: a region that came together with its
/// text would not be read aloud everywhere.
///
/// Whoever may have something to say keeps it on the page all the while: of each portal that is mounted anew, Yew leaves
/// its listeners behind.
pub fn notice(saying: Option<Html>) -> Html {
    let bar = html! {
        if let Some(saying) = saying {
            <div class="notice"><div class="column">{ saying }</div></div>
        }
    };
    match document().and_then(|document| document.get_element_by_id("notices")) {
        Some(region) => create_portal(bar, region),
        None => bar,
    }
}
