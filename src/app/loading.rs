//! Waiting, said only when it lasts.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// A wait shorter than this is not worth a word.
const PATIENCE_MS: u32 = 500;

/// Properties of [`Loading`].
#[derive(Clone, PartialEq, Properties)]
pub struct LoadingProps {
    /// What is awaited, as a sentence.
    pub children: Html,
    /// What stands in the place of what is awaited.
    #[prop_or_default]
    pub outline: Html,
}

/// Says what is awaited once the wait has lasted half a second.
#[component]
pub fn Loading(props: &LoadingProps) -> Html {
    let is_slow = use_state(|| false);
    {
        let is_slow = is_slow.setter();
        use_effect_with((), move |()| {
            let wait = Timeout::new(PATIENCE_MS, move || is_slow.set(true));
            move || drop(wait)
        });
    }
    html! {
        <>
            <p class="loading" role="status">if *is_slow { { props.children.clone() } }</p>
            if *is_slow { { props.outline.clone() } }
        </>
    }
}
