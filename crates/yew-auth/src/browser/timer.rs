//! One-shot timers that cannot fire early.

use std::time::Duration;

use gloo_timers::callback::Timeout;

/// Browsers keep a delay in 32 bits, and fire at once if it does not fit (HTML standard, section 8.7).
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// Calls `callback` once after `delay`, at most about 24 days, unless the handle is dropped first.
pub(crate) fn after(delay: Duration, callback: impl FnOnce() + 'static) -> Timeout {
    let callback: Box<dyn FnOnce()> = Box::new(callback);
    Timeout::new(millis(delay), callback)
}

/// Calls `callback` every second until the handle is dropped. Browsers delay it in background pages.
#[cfg(feature = "inspector")]
pub(crate) fn each_second(callback: impl FnMut() + 'static) -> gloo_timers::callback::Interval {
    gloo_timers::callback::Interval::new(1_000, callback)
}

/// Waits for `delay`.
pub(crate) async fn sleep(delay: Duration) {
    gloo_timers::future::TimeoutFuture::new(millis(delay)).await;
}

/// Rounded up, because a timer that fires too early would have to be set again.
fn millis(delay: Duration) -> u32 {
    let delay = delay.min(LONGEST);
    let millis = delay.as_secs() * 1_000 + u64::from(delay.subsec_nanos().div_ceil(1_000_000));
    u32::try_from(millis).unwrap_or(u32::MAX)
}
