//! A browser whose storage is blocked or full.

use std::time::Duration;

use anyhow::Result;
use e2e::{REFRESH, Scenario};

const NOTICE: &str = "This browser does not let the app store anything";

/// Signs in. The page warns that nothing is stored. A reload finds the session again, by asking the backend which ones the
/// browser's cookies hold.
fn is_kept_in_memory(first_script: &str) -> Result<()> {
    Scenario::new().access_ttl(20).first_script(first_script).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows(NOTICE).await?;
        ctx.servers.wait_for_requests(REFRESH, 2, Duration::from_secs(40)).await?;
        assert!(ctx.servers.request_log().await?.with_status(401).is_empty());
        tab.has_posts(100).await?;
        tab.reload().await?;
        tab.has_posts(100).await
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
