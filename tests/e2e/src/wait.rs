//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often [`eventually`] checks at first, and at last: each check takes time from the other tests.
const FIRST_INTERVAL: Duration = Duration::from_millis(25);
const LAST_INTERVAL: Duration = Duration::from_millis(250);
/// How often [`holds_for`] checks.
const WATCH_INTERVAL: Duration = Duration::from_millis(100);

/// Waits until `check` returns a value, for at most `within`. `what` names the condition in the error.
///
/// # Errors
///
/// The time is over, or `check` failed.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut check: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = check().await.with_context(|| format!("while waiting: {what}"))? {
            return Ok(found);
        }
        let waited = start.elapsed();
        if waited > within {
            bail!("not within {within:?}: {what}");
        }
        tokio::time::sleep((waited / 10).clamp(FIRST_INTERVAL, LAST_INTERVAL)).await;
    }
}

/// Checks that `check` holds for all of `during`. `what` names the condition in the error.
///
/// # Errors
///
/// `check` was false once, or failed.
pub async fn holds_for(what: &str, during: Duration, mut check: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let end = Instant::now() + during;
    while Instant::now() < end {
        if !check().await? {
            bail!("not for all of {during:?}: {what}");
        }
        tokio::time::sleep(WATCH_INTERVAL).await;
    }
    Ok(())
}
