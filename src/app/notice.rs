//! What the app has to say while people go on reading.

use yew::prelude::*;

use super::document::document;

/// Properties of [`Notice`].
#[derive(Clone, PartialEq, Properties)]
pub struct NoticeProps {
    /// A sentence in a paragraph, and perhaps a button.
    pub children: Html,
}

/// A bar at the foot of the window. It stands in the page's one live region, which `index.html` holds: a region that
/// came together with its text would not be read aloud everywhere.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let notice = html! {
        <div class="notice"><div class="column">{ props.children.clone() }</div></div>
    };
    match document().and_then(|document| document.get_element_by_id("notices")) {
        Some(region) => create_portal(notice, region),
        None => notice,
    }
}
