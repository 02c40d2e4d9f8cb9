//! A browser that says that it is offline, and is not.

use std::time::Duration;

use anyhow::Result;
use e2e::{POSTS, Scenario};

const SAYS_OFFLINE: &str = "Object.defineProperty(navigator, 'onLine', {get: () => false});";

#[test]
fn c8_a_browser_that_says_it_is_offline_shows_the_posts_and_keeps_them_current() -> Result<()> {
    Scenario::new().first_script(SAYS_OFFLINE).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let updated = tab.updated_at().await?;
        ctx.servers.wait_for_requests(POSTS, 3, Duration::from_secs(40)).await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(5)).await?;
        tab.reload().await?;
        tab.has_posts(100).await?;
        assert!(!tab.text().await?.contains("You are offline."));
        Ok(())
    })
}
