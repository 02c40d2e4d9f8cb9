//! Hiding a tab, and showing it again.

use anyhow::Result;

use super::{TIMEOUT, Tab};
use crate::browser::Engine;

impl Tab {
    /// Minimises the window.
    pub async fn hide(&self) -> Result<()> {
        match self.browser.engine() {
            Engine::Chromium | Engine::Firefox => self.driver().await?.minimize_window().await.map(drop)?,
            Engine::WebKit => self.script("setHidden(true)").await?,
        }
        self.becomes_true("the tab is hidden", TIMEOUT, "return document.hidden").await
    }

    /// Restores the window.
    pub async fn show(&self) -> Result<()> {
        match self.browser.engine() {
            Engine::Chromium | Engine::Firefox => {
                self.driver().await?.set_window_rect(0, 0, 1000, 800).await.map(drop)?;
            }
            Engine::WebKit => self.script("setHidden(false)").await?,
        }
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
}
