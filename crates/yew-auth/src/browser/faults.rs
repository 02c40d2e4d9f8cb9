//! Things that a developer breaks on purpose. Only development and tests have this module.

use std::cell::Cell;
use std::time::Duration;

use web_sys::Event;

thread_local! {
    static IS_OFFLINE: Cell<bool> = const { Cell::new(false) };
    static CLOCK_LEAD: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    static TAKES_ANSWER: Cell<bool> = const { Cell::new(false) };
}

/// Whether nothing reaches the network, and the browser says so.
pub(crate) fn is_offline() -> bool {
    IS_OFFLINE.get()
}

/// Takes this page off the network, or lets it back.
pub(crate) fn set_offline(offline: bool) {
    IS_OFFLINE.set(offline);
    let event = Event::new(if offline { "offline" } else { "online" });
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // Listeners' answers do not matter here.
        let _ = window.dispatch_event(&event);
    }
}

/// How far the wall clock is ahead of what it should show.
pub(crate) fn clock_lead() -> Duration {
    CLOCK_LEAD.get()
}

/// Sets the wall clock.
pub(crate) fn set_clock_lead(lead: Duration) {
    CLOCK_LEAD.set(lead);
}

/// Whether the answer to the next refresh will be lost on its way.
pub(crate) fn will_take_refresh_answer() -> bool {
    TAKES_ANSWER.get()
}

/// Loses the answer to the next refresh; the server has acted by then.
pub(crate) fn take_next_refresh_answer() {
    TAKES_ANSWER.set(true);
}

/// An answer has come: whether it is lost.
pub(crate) fn takes_refresh_answer() -> bool {
    TAKES_ANSWER.replace(false)
}
