//! How old the data on the page are.

use js_sys::Date;
use wasm_bindgen::JsValue;
use yew::prelude::*;
use yew_auth::Timestamp;

/// The time of the last answer. Its line keeps its height while it is empty, so that nothing moves when it fills.
pub fn updated(at: Option<Timestamp>) -> Html {
    html! {
        <p class="updated">
            if let Some(at) = at {
                { "Updated " }<time>{ clock_time(at) }</time>
            }
        </p>
    }
}

/// In the form that a `time` element needs no attribute for (HTML, 4.5.14): a new time is one new text.
fn clock_time(at: Timestamp) -> String {
    // A float holds every millisecond that a date can be of.
    let date = Date::new(&JsValue::from_f64(at.as_millis() as f64));
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}
