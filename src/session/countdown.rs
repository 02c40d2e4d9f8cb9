//! How much time is left to do something.

use std::time::Duration;

use gloo_timers::callback::Interval;
use yew::prelude::*;
use yew_auth::SessionEnd;

use crate::ui::{messages, use_is_page_visible};

const SECOND_MS: u32 = 1_000;

/// Screen readers announce the time when this many seconds are left.
const ANNOUNCED_SECS: [u64; 4] = [10, 30, 60, 120];

#[derive(Clone, PartialEq, Properties)]
pub struct CountdownProps {
    pub end: SessionEnd,
    /// What happens then, as the beginning of a sentence.
    pub what: &'static str,
}

/// The time that is left: every second on the screen, now and then for screen readers.
#[component]
pub fn Countdown(props: &CountdownProps) -> Html {
    use_render_each_second();
    let left = props.end.left();
    html! {
        <>
            <p aria-hidden="true">{ format!("{} in {}.", props.what, messages::duration(left)) }</p>
            <p class="visually-hidden" role="timer" aria-live="polite">
                if let Some(announced) = announced(left) {
                    { format!("{} in less than {}.", props.what, messages::duration(announced)) }
                }
            </p>
        </>
    }
}

fn announced(left: Duration) -> Option<Duration> {
    ANNOUNCED_SECS.into_iter().find(|announced| left.as_secs() <= *announced).map(Duration::from_secs)
}

#[hook]
fn use_render_each_second() {
    let render = use_force_update();
    let is_visible = use_is_page_visible();
    use_effect_with(is_visible, move |&is_visible| {
        let interval = is_visible.then(|| Interval::new(SECOND_MS, move || render.force_update()));
        move || drop(interval)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_announced_in_four_steps() {
        let announced_secs = |secs| announced(Duration::from_secs(secs)).map(|announced| announced.as_secs());
        let steps = [300, 121, 120, 61, 60, 31, 30, 11, 10, 0].map(announced_secs);
        let (two_minutes, minute, half, ten) = (Some(120), Some(60), Some(30), Some(10));
        assert_eq!(steps, [None, None, two_minutes, two_minutes, minute, minute, half, half, ten, ten]);
    }
}
