//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Waits until `look` finds something, for at most `within`; `what` says what was awaited.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + within;
    loop {
        if let Some(found) = look().await.with_context(|| format!("while waiting: {what}"))? {
            return Ok(found);
        }
        if Instant::now() > deadline {
            bail!("not within {within:?}: {what}");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Watches that `look` holds all the time for as long as `during`; `what` says what was watched.
pub async fn holds_for(what: &str, during: Duration, mut look: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let end = Instant::now() + during;
    while Instant::now() < end {
        if !look().await? {
            bail!("not all the time: {what}");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}
