//! Waiting, and whether anybody watches.

use gloo_events::EventListener;
use gloo_utils::document;
use yew::prelude::*;

/// Says what is awaited. The text appears after half a second (static/styles/messages.css), in a live region that is there from the
/// start, so that screen readers announce it.
pub fn loading(sentence: &'static str) -> Html {
    html! { <p class="loading" role="status"><span class="delayed">{ sentence }</span></p> }
}

/// Whether the page can be seen. The component renders again when that changes.
#[hook]
pub fn use_is_page_visible() -> bool {
    let is_visible = use_state_eq(|| !document().hidden());
    let setter = is_visible.setter();
    use_effect_with((), move |()| {
        let on_change = move |_: &Event| setter.set(!document().hidden());
        let listener = EventListener::new(&document(), "visibilitychange", on_change);
        move || drop(listener)
    });
    *is_visible
}
