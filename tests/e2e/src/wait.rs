//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a condition is looked at, at first and at last: a look costs as much as other tests' work.
const OFTEN: Duration = Duration::from_millis(25);
const SELDOM: Duration = Duration::from_millis(250);
/// How often, where something must hold all the time.
const WATCHING: Duration = Duration::from_millis(100);

/// Waits until `look` finds something, for at most `within`; `what` says what was awaited.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await.with_context(|| format!("while waiting: {what}"))? {
            return Ok(found);
        }
        let waited = start.elapsed();
        if waited > within {
            bail!("not within {within:?}: {what}");
        }
        // Who has waited for long can wait a tenth longer.
        tokio::time::sleep((waited / 10).clamp(OFTEN, SELDOM)).await;
    }
}

/// Watches that `look` holds all the time for as long as `during`; `what` says what was watched.
pub async fn holds_for(what: &str, during: Duration, mut look: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let end = Instant::now() + during;
    while Instant::now() < end {
        if !look().await? {
            bail!("not all the time: {what}");
        }
        tokio::time::sleep(WATCHING).await;
    }
    Ok(())
}
