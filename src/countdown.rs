//! How long there is still to do something.

use std::time::Duration;

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use web_sys::VisibilityState;
use yew::prelude::*;
use yew_auth::SessionEnd;

use crate::document::document;
use crate::words;

const SECOND_MS: u32 = 1_000;

/// Who cannot see the seconds go by is told when so many are left.
const TOLD: [u64; 4] = [10, 30, 60, 120];

/// Properties of [`Countdown`].
#[derive(Clone, PartialEq, Properties)]
pub struct CountdownProps {
    /// What it counts down to.
    pub end: SessionEnd,
    /// What happens then, as the beginning of a sentence.
    pub what: &'static str,
}

/// The time that is left: second by second for the eye, and now and then for the ear.
#[component]
pub fn Countdown(props: &CountdownProps) -> Html {
    use_redraw_each_second();
    let left = props.end.left();
    let told = TOLD.into_iter().find(|told| left.as_secs() <= *told).map(Duration::from_secs);
    html! {
        <>
            <p aria-hidden="true">{ format!("{} in {}.", props.what, words::duration(left)) }</p>
            <p class="visually-hidden" role="timer" aria-live="polite">
                if let Some(told) = told {
                    { format!("{} in less than {}.", props.what, words::duration(told)) }
                }
            </p>
        </>
    }
}

/// Draws the component anew each second while somebody can see it, and at once when somebody looks again.
#[hook]
fn use_redraw_each_second() {
    let redraw = use_force_update();
    let is_visible = use_state_eq(is_visible);
    {
        let seen = is_visible.setter();
        use_effect_with((), move |()| {
            let look = move |_: &Event| seen.set(self::is_visible());
            let listener = document().map(|document| EventListener::new(&document, "visibilitychange", look));
            move || drop(listener)
        });
    }
    use_effect_with(*is_visible, move |&is_visible| {
        let clock = is_visible.then(|| Interval::new(SECOND_MS, move || redraw.force_update()));
        move || drop(clock)
    });
}

fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}
