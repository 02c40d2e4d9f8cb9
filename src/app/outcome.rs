//! What stands in a page's place when its work is done.

use yew::prelude::*;

use super::heading_focus::focus_heading;

/// Properties of [`Outcome`].
#[derive(Clone, PartialEq, Properties)]
pub struct OutcomeProps {
    /// What has happened.
    pub heading: &'static str,
    /// What it means.
    pub text: &'static str,
    /// The way on.
    #[prop_or_default]
    pub children: Html,
}

/// Says what has happened, and where to go from there. It takes the focus: what had it is gone.
#[component]
pub fn Outcome(props: &OutcomeProps) -> Html {
    use_effect_with((), |()| focus_heading());
    html! {
        <div class="card">
            <h1>{ props.heading }</h1>
            <p class="soft">{ props.text }</p>
            { props.children.clone() }
        </div>
    }
}
