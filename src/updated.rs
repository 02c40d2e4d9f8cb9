//! How old the data on the page are.

use std::time::Duration;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::Date;
use wasm_bindgen::JsValue;
use yew::prelude::*;
use yew_auth::Timestamp;

use crate::document::document;
use crate::held::{hold, use_held};
use crate::words;

/// The age of the data, in steps that people care about. The polls that come in time find it at "just now", before the
/// one timer for the next step has fired; a page that nobody sees sets none. The line keeps its height while it is
/// empty. Nothing is said before they have arrived.
#[hook]
pub fn use_updated(at: Option<Timestamp>) -> Html {
    let redraw = use_force_update();
    {
        let redraw = redraw.clone();
        let look = move |_: &Event| redraw.force_update();
        use_held((), Box::new(move || hold(EventListener::new(document()?.as_ref(), "visibilitychange", look))));
    }
    let is_hidden = document().is_some_and(|document| document.hidden());
    let age = at.map(|at| now().duration_since(at));
    let seen = age.filter(|_| !is_hidden);
    let step = move || {
        let wait = until_next_step(seen?);
        hold(Timeout::new(wait.as_millis() as u32, move || redraw.force_update()))
    };
    use_held((at, seen), Box::new(step));
    html! {
        <p class="updated">
            if let (Some(at), Some(age)) = (at, age) {
                { "Updated " }<time datetime={iso_8601(at)}>{ in_words(age) }</time>
            }
        </p>
    }
}

/// Up to a minute the age is told in steps of this, from then on in whole minutes.
const STEP: Duration = Duration::from_secs(15);
const MINUTE: Duration = Duration::from_secs(60);

fn step(age: Duration) -> Duration {
    if age < MINUTE { STEP } else { MINUTE }
}

fn until_next_step(age: Duration) -> Duration {
    let step = step(age);
    step - Duration::new(age.as_secs() % step.as_secs(), age.subsec_nanos())
}

fn in_words(age: Duration) -> String {
    if age < STEP {
        return "just now".to_owned();
    }
    let step = step(age).as_secs();
    words::duration(Duration::from_secs(age.as_secs() / step * step)) + " ago"
}

fn now() -> Timestamp {
    Timestamp::from_millis(Date::now() as i64)
}

fn iso_8601(at: Timestamp) -> String {
    // A float holds every millisecond that a date can be of.
    String::from(Date::new(&JsValue::from_f64(at.as_millis() as f64)).to_iso_string())
}
