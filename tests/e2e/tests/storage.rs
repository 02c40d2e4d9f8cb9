//! A browser that keeps nothing.

use anyhow::Result;
use e2e::{REFRESH, Scenario};
use std::time::Duration;

const NOTICE: &str = "This browser does not let the app store anything";

/// Signs in, is told that the session lasts only as long as the page, and keeps it for as long.
fn is_kept_in_memory(first_script: &str) -> Result<()> {
    Scenario::new().access_ttl(20).first_script(first_script).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.shows(NOTICE).await?;
        stage.stack.requests(REFRESH, 2, Duration::from_secs(40)).await?;
        assert!(stage.stack.log().await?.with_status(401).is_empty());
        tab.has_posts(100).await?;
        tab.reload().await?;
        tab.is_headed("Access denied").await
    })
}

#[test]
fn f13_with_storage_blocked_the_session_is_kept_in_memory_with_a_notice() -> Result<()> {
    is_kept_in_memory(
        "for (const name of ['localStorage', 'sessionStorage'])
            Object.defineProperty(window, name, {get() { throw new DOMException('blocked', 'SecurityError') }});",
    )
}

#[test]
fn f13_with_storage_full_the_session_is_kept_in_memory_with_a_notice() -> Result<()> {
    is_kept_in_memory("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };")
}
