//! The tab's connection to the network.

use anyhow::Result;
use serde_json::json;

use super::{TIMEOUT, Tab};

impl Tab {
    /// Takes the tab off the network, or back on, and waits until the page knows.
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.cdp("Network.enable", json!({})).await?;
        self.cdp("Network.emulateNetworkConditions", conditions).await?;
        self.becomes_true("the page knows", TIMEOUT, &format!("return navigator.onLine !== {offline}")).await
    }
}
