//! One-shot timers that cannot fire early.

use std::time::Duration;

use gloo_timers::callback::Timeout;

/// The browser keeps a delay in 32 bits, and fires at once when it does not fit (HTML, 8.7 Timers).
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// Calls `callback` once after `delay`, or after some 24 days where that is less; never after the handle was dropped.
pub(crate) fn after(delay: Duration, callback: impl FnOnce() + 'static) -> Timeout {
    let callback: Box<dyn FnOnce()> = Box::new(callback);
    Timeout::new(millis(delay), callback)
}

/// Calls `callback` each second, late where the page is throttled, until the handle is dropped.
#[cfg(feature = "inspector")]
pub(crate) fn each_second(callback: impl FnMut() + 'static) -> gloo_timers::callback::Interval {
    gloo_timers::callback::Interval::new(1_000, callback)
}

/// Waits for `delay`.
pub(crate) async fn sleep(delay: Duration) {
    gloo_timers::future::TimeoutFuture::new(millis(delay)).await;
}

/// Rounded up: a timer that fires a fraction early would only be set again.
fn millis(delay: Duration) -> u32 {
    let delay = delay.min(LONGEST);
    let millis = delay.as_secs() * 1_000 + u64::from(delay.subsec_nanos().div_ceil(1_000_000));
    u32::try_from(millis).unwrap_or(u32::MAX)
}
