//! The tab's connection to the network.

use anyhow::Result;
use serde_json::json;

use super::{TIMEOUT, Tab};
use crate::browser::Engine;

impl Tab {
    /// Takes the tab off the network, or back on, and waits until the page knows.
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        match self.browser.engine() {
            Engine::Chromium => self.set_offline_over_devtools(offline).await?,
            Engine::Firefox => self.firefox_script(&format!("context.forceOffline = {offline}")).await?,
            Engine::WebKit => self.script(&format!("setOffline({offline})")).await?,
        }
        self.becomes_true("the page knows", TIMEOUT, &format!("return navigator.onLine !== {offline}")).await
    }

    async fn set_offline_over_devtools(&self, offline: bool) -> Result<()> {
        // Chromium prints each request that fails so; a page tries some to find out whether it is offline.
        self.browser.console.expect("", "ERR_INTERNET_DISCONNECTED");
        let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.cdp("Network.enable", json!({})).await?;
        self.cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
    }
}
