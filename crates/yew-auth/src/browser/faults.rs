//! Faults that a developer causes on purpose. Only the feature `faults` has this module.

use std::cell::Cell;
use std::time::Duration;

use web_sys::Event;

thread_local! {
    static IS_OFFLINE: Cell<bool> = const { Cell::new(false) };
    static CLOCK_LEAD: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    static LOSES_ANSWER: Cell<bool> = const { Cell::new(false) };
}

/// Whether this page behaves as if it were offline.
pub(crate) fn is_offline() -> bool {
    IS_OFFLINE.get()
}

/// Takes this page offline or back online.
pub(crate) fn set_offline(offline: bool) {
    IS_OFFLINE.set(offline);
    let event = Event::new(if offline { "offline" } else { "online" });
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // It does not matter whether a listener cancels the event.
        let _ = window.dispatch_event(&event);
    }
}

/// How far the wall clock is ahead.
pub(crate) fn clock_lead() -> Duration {
    CLOCK_LEAD.get()
}

/// Sets the wall clock ahead.
pub(crate) fn set_clock_lead(lead: Duration) {
    CLOCK_LEAD.set(lead);
}

/// Whether the answer to the next refresh will be lost.
pub(crate) fn will_lose_refresh_answer() -> bool {
    LOSES_ANSWER.get()
}

/// Loses the answer to the next refresh, after the server has acted on it.
pub(crate) fn lose_next_refresh_answer() {
    LOSES_ANSWER.set(true);
}

/// Whether the answer that has just arrived is lost.
pub(crate) fn loses_refresh_answer() -> bool {
    LOSES_ANSWER.replace(false)
}
