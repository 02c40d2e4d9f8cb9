//! Waiting, said only when it lasts.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::flag::use_flag;
use super::held::{hold, use_held};

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
    let is_slow = use_flag();
    let set = is_slow.setter();
    use_held((), Box::new(move || hold(Timeout::new(PATIENCE_MS, move || set.set(true)))));
    html! {
        <>
            <p class="loading" role="status">if *is_slow { { props.children.clone() } }</p>
            if *is_slow { { props.outline.clone() } }
        </>
    }
}
