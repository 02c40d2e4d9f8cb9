//! What only the DevTools protocol of Chromium can do.

use anyhow::Result;
use serde_json::{Value, json};

use super::Tab;

impl Tab {
    /// Sends a command of the DevTools protocol.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver().await?.cdp().send_raw(method, parameters).await?)
    }

    /// Turns the content security policy off, from the next page on.
    pub async fn bypass_policy(&self) -> Result<()> {
        self.cdp("Page.setBypassCSP", json!({"enabled": true})).await.map(drop)
    }

    /// Freezes the page as the browser does with a tab that was hidden for long.
    pub async fn freeze(&self) -> Result<()> {
        self.cdp("Page.setWebLifecycleState", json!({"state": "frozen"})).await.map(drop)
    }

    /// Lets a frozen page run again.
    pub async fn unfreeze(&self) -> Result<()> {
        self.cdp("Page.setWebLifecycleState", json!({"state": "active"})).await.map(drop)
    }

    /// The history of the tab, as JSON.
    pub async fn history(&self) -> Result<Value> {
        Ok(self.cdp("Page.getNavigationHistory", json!({})).await?["entries"].take())
    }

    /// Runs a script before the page's own, from the next page on.
    pub(crate) async fn run_first(&self, script: &str) -> Result<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await.map(drop)
    }
}
