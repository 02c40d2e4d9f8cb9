//! Freezing a page, as a browser does with a tab that was hidden for long.

use anyhow::Result;
use serde_json::json;

use super::Tab;

impl Tab {
    /// Freezes the page. Needs [`Need::Freezing`](crate::Need::Freezing).
    pub async fn freeze(&self) -> Result<()> {
        self.set_lifecycle("frozen").await
    }

    /// Lets a frozen page run again.
    pub async fn unfreeze(&self) -> Result<()> {
        self.set_lifecycle("active").await
    }

    async fn set_lifecycle(&self, state: &str) -> Result<()> {
        self.cdp("Page.setWebLifecycleState", json!({"state": state})).await.map(drop)
    }
}
