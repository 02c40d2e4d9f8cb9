//! A refresh that meets a fault, and one that two tabs share.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::{Fault, REFRESH, Tab, TestContext};

/// A refresh of a token with a short lifetime arrives within this time.
const NEXT_REFRESH: Duration = Duration::from_secs(60);

impl TestContext {
    /// Applies this fault to the next refresh, and waits until that refresh arrives. Returns the number of refreshes
    /// before it.
    pub async fn fault_next_refresh(&self, fault: impl FnOnce(Fault) -> Fault) -> Result<usize> {
        let before = self.servers.request_log().await?.of(REFRESH).len();
        self.servers.set_faults(&[fault(Fault::on(REFRESH)).times(1)]).await?;
        self.servers.wait_for_requests(REFRESH, before + 1, NEXT_REFRESH).await?;
        Ok(before)
    }

    /// Copies a tab that is at the posts, whose tokens have a short lifetime. Fails unless both share the session, each
    /// refresh, and the sign-out in the copy.
    pub async fn shares_its_session_with_a_copy(&self, tab: &Tab) -> Result<()> {
        let copy = tab.duplicate().await?;
        copy.has_posts(100).await?;
        self.servers.wait_for_requests(REFRESH, 2, NEXT_REFRESH).await?;
        let log = self.servers.request_log().await?;
        ensure!(log.with_status(401).is_empty(), "{log:?}");
        let gaps = log.of(REFRESH).gaps();
        ensure!(gaps.iter().all(|gap| *gap > Duration::from_secs(5)), "one refresh for both: {log:?}");
        copy.press("Sign out").await?;
        tab.shows("You have signed out in another tab.").await
    }
}
