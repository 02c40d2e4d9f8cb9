//! How long the session still lasts.

use gloo_timers::callback::Interval;
use js_sys::Date;
use yew::prelude::*;
use yew_auth::Timestamp;

use crate::ui::messages;

/// The shortest unit shown is a minute until the last seconds.
const RENDER_EACH_MS: u32 = 30_000;

#[derive(Clone, PartialEq, Properties)]
pub struct TimeLeftProps {
    /// When the session ends unless it is refreshed; `None` if the backend does not say.
    pub ends_at: Option<Timestamp>,
}

#[component]
pub fn TimeLeft(props: &TimeLeftProps) -> Html {
    let render = use_force_update();
    use_effect_with(props.ends_at.is_some(), move |&is_known| {
        let interval = is_known.then(|| Interval::new(RENDER_EACH_MS, move || render.force_update()));
        move || drop(interval)
    });
    let text = match props.ends_at {
        Some(end) => {
            let now = Timestamp::from_millis(Date::now() as i64);
            format!("{} left", messages::duration(end.duration_since(now)))
        }
        None => "Open until you sign out: the server sets no time limit".to_owned(),
    };
    html! { <>{ text }</> }
}
