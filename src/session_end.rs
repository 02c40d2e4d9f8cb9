//! How long the session still lasts.

use std::time::Duration;

use gloo_timers::callback::Interval;
use js_sys::Date;
use yew::prelude::*;
use yew_auth::Timestamp;

use crate::words;

/// The words change this often at most.
const REDRAW_MS: u32 = 30_000;

/// Properties of [`SessionEnd`].
#[derive(Clone, PartialEq, Properties)]
pub struct SessionEndProps {
    /// When the session ends unless it is renewed; `None` when the backend does not say.
    pub ends_at: Option<Timestamp>,
}

/// The time that is left, in words.
#[component]
pub fn SessionEnd(props: &SessionEndProps) -> Html {
    let redraw = use_force_update();
    use_effect_with(props.ends_at.is_some(), move |&is_known| {
        let clock = is_known.then(|| Interval::new(REDRAW_MS, move || redraw.force_update()));
        move || drop(clock)
    });
    let text = match props.ends_at {
        Some(end) => format!("{} left", words::duration(left_until(end))),
        None => "Open until you sign out: the server names no end".to_owned(),
    };
    html! { <>{ text }</> }
}

fn left_until(end: Timestamp) -> Duration {
    end.duration_since(Timestamp::from_millis(Date::now() as i64))
}
