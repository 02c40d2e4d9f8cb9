//! Asking for what is new.

use yew::prelude::*;

/// Properties of [`RefreshButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct RefreshButtonProps {
    /// Whether an answer is awaited.
    pub is_validating: bool,
    /// Asks.
    pub on_refresh: Callback<MouseEvent>,
}

/// A button that is busy while what it asked for is under way. The polls that come by themselves do not touch it.
#[component]
pub fn RefreshButton(props: &RefreshButtonProps) -> Html {
    let is_asked = use_state_eq(|| false);
    let setter = is_asked.setter();
    let is_busy = *is_asked && props.is_validating;
    use_effect_with(props.is_validating, move |&is_validating| {
        if !is_validating {
            setter.set(false);
        }
    });
    let onclick = {
        let on_refresh = props.on_refresh.clone();
        Callback::from(move |event| {
            is_asked.set(true);
            on_refresh.emit(event);
        })
    };
    html! {
        <button class="button button-quiet" type="button" aria-busy={is_busy.then_some("true")} {onclick}>
            { "Refresh" }
        </button>
    }
}
