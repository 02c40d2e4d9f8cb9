//! Hiding a tab, and showing it again.

use anyhow::Result;
use serde_json::json;

use super::{TIMEOUT, Tab};

impl Tab {
    /// Minimises the window.
    pub async fn hide(&self) -> Result<()> {
        self.set_window_state("minimized").await?;
        self.becomes_true("the tab is hidden", TIMEOUT, "return document.hidden").await
    }

    /// Restores the window.
    pub async fn show(&self) -> Result<()> {
        self.set_window_state("normal").await?;
        self.becomes_true("the tab is visible", TIMEOUT, "return !document.hidden").await
    }

    /// Hides the tab and shows it again, so that the page does at once what it does when it becomes visible.
    pub async fn wake(&self) -> Result<()> {
        self.hide().await?;
        self.show().await
    }

    /// Whether the page is hidden.
    pub async fn is_hidden(&self) -> Result<bool> {
        self.script("return document.hidden").await
    }

    async fn set_window_state(&self, state: &str) -> Result<()> {
        let window = self.cdp("Browser.getWindowForTarget", json!({})).await?;
        let bounds = json!({"windowId": window["windowId"], "bounds": {"windowState": state}});
        self.cdp("Browser.setWindowBounds", bounds).await.map(drop)
    }
}
