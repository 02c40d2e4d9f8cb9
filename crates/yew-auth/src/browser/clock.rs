//! The page's two clocks, and dates as text.

use std::time::Duration;

use wasm_bindgen::JsValue;

use yew_auth_session::{Now, Timestamp};

/// Reads both clocks.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it counts up from zero, for years at most"
)]
pub(crate) fn now() -> Now {
    let monotonic = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Now { wall: wall(), monotonic: Duration::from_micros((monotonic * 1_000.0) as u64) }
}

/// Reads the wall clock.
pub(crate) fn wall() -> Timestamp {
    let wall = timestamp(js_sys::Date::now()).unwrap_or_default();
    #[cfg(feature = "faults")]
    let wall = wall + super::faults::clock_lead();
    wall
}

/// The local time of day, to the second.
#[cfg(feature = "inspector")]
pub(crate) fn time_of_day(at: Timestamp) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at.as_millis() as f64));
    String::from(date.to_time_string()).chars().take("00:00:00".len()).collect()
}

/// The local date.
#[cfg(feature = "inspector")]
pub(crate) fn day(at: Timestamp) -> String {
    js_sys::Date::new(&JsValue::from_f64(at.as_millis() as f64)).to_date_string().into()
}

/// Reads a date in the format of HTTP (RFC 9110 section 5.6.7) or DRF (ISO 8601). Only a browser can.
pub(crate) fn parse_date(text: &str) -> Option<Timestamp> {
    if cfg!(not(target_family = "wasm")) {
        return None;
    }
    timestamp(js_sys::Date::new(&JsValue::from_str(text)).get_time())
}

#[expect(clippy::cast_possible_truncation, reason = "a time value is an integer of at most 8.64e15 (ECMA-262, 21.4.1)")]
fn timestamp(millis: f64) -> Option<Timestamp> {
    millis.is_finite().then(|| Timestamp::from_millis(millis as i64))
}
