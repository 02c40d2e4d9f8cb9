//! What stands in a page's place when its work is done.

use yew::prelude::*;

use crate::heading_focus::focus_heading;

/// What has happened, what it means, and the way on.
pub fn outcome(heading: &'static str, text: &'static str, way_on: Html) -> Html {
    html! {
        <div class="card">
            <h1>{ heading }</h1>
            <p class="soft">{ text }</p>
            { way_on }
        </div>
    }
}

/// Whether a page's work is done. When it is, the focus goes to the heading: what had it is gone.
#[hook]
pub fn use_is_done() -> UseStateHandle<bool> {
    let is_done = use_state_eq(|| false);
    use_effect_with(*is_done, |&is_done| {
        if is_done {
            focus_heading();
        }
    });
    is_done
}
