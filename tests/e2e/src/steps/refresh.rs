//! A refresh that meets a fault.

use std::time::Duration;

use anyhow::Result;

use crate::{Fault, REFRESH, TestContext};

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
}
