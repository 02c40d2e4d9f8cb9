//! What takes the place of a form that has done its work.

use yew::prelude::*;

use crate::ui::focus::focus_heading;

/// What has happened, what it means, and where to go from here.
pub fn result_card(heading: &'static str, text: &'static str, actions: Html) -> Html {
    html! {
        <div class="card">
            <h1>{ heading }</h1>
            <p class="soft">{ text }</p>
            { actions }
        </div>
    }
}

/// Whether the form has done its work. The focus then moves to the heading, since the focused button is gone.
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
