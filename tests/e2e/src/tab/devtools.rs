//! What only the DevTools protocol of Chromium can do.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::Tab;
use crate::browser::Engine;

impl Tab {
    /// Sends a command of the DevTools protocol.
    ///
    /// # Errors
    ///
    /// The engine is not Chromium: the scenario lacks a [`Need`](crate::Need).
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        let engine = self.browser.engine();
        ensure!(engine == Engine::Chromium, "{method} in {engine}: the scenario does not say what it needs");
        Ok(self.driver().await?.cdp().send_raw(method, parameters).await?)
    }
}
