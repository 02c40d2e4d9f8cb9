//! How old the posts on the page are.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use js_sys::Date;
use wasm_bindgen::JsValue;
use yew::prelude::*;
use yew_auth::Timestamp;

use crate::ui::{messages, use_is_page_visible};

/// The age of posts of this time, in coarse steps, so that the text does not change with every second. A hidden page sets
/// no timer.
#[hook]
pub fn use_last_updated(at: Option<Timestamp>) -> Html {
    let render = use_force_update();
    let is_visible = use_is_page_visible();
    let age = at.map(|at| now().duration_since(at));
    use_effect_with((at, age.filter(|_| is_visible)), move |&(_, age)| {
        let timeout = age.map(|age| {
            let wait = until_next_step(age).as_millis() as u32;
            Timeout::new(wait, move || render.force_update())
        });
        move || drop(timeout)
    });
    html! {
        <p class="updated">
            if let (Some(at), Some(age)) = (at, age) {
                { "Updated " }<time datetime={iso_8601(at)}>{ age_text(age) }</time>
            }
        </p>
    }
}

/// The step of the age during the first minute. After that it is told in minutes.
const STEP: Duration = Duration::from_secs(15);
const MINUTE: Duration = Duration::from_secs(60);

fn step(age: Duration) -> Duration {
    if age < MINUTE { STEP } else { MINUTE }
}

fn until_next_step(age: Duration) -> Duration {
    let step = step(age);
    step - Duration::new(age.as_secs() % step.as_secs(), age.subsec_nanos())
}

fn age_text(age: Duration) -> String {
    if age < STEP {
        return "just now".to_owned();
    }
    let step = step(age).as_secs();
    messages::duration(Duration::from_secs(age.as_secs() / step * step)) + " ago"
}

fn now() -> Timestamp {
    Timestamp::from_millis(Date::now() as i64)
}

fn iso_8601(at: Timestamp) -> String {
    // A float holds every millisecond of the dates there are.
    String::from(Date::new(&JsValue::from_f64(at.as_millis() as f64)).to_iso_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_is_told_in_coarse_steps() {
        let told = [0, 14, 15, 29, 30, 59, 60, 119, 120, 5_400].map(|secs| age_text(Duration::from_secs(secs)));
        let expected = ["just now", "just now", "15 seconds ago", "15 seconds ago", "30 seconds ago", "45 seconds ago"];
        assert_eq!(told[..6], expected);
        assert_eq!(told[6..], ["60 seconds ago", "60 seconds ago", "2 minutes ago", "2 hours ago"]);
    }

    #[test]
    fn the_next_step_is_when_the_text_changes() {
        for millis in [0, 1, 14_999, 15_000, 59_999, 60_000, 61_500, 3_599_999] {
            let age = Duration::from_millis(millis);
            let wait = until_next_step(age);
            assert!(!wait.is_zero(), "{age:?}");
            let before = age + wait - Duration::from_millis(1);
            assert_eq!((age_text(before), age_text(age + wait) != age_text(age)), (age_text(age), true), "{age:?}");
        }
    }
}
