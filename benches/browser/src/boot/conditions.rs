//! A slower processor and a slower line than those of this machine.

use std::fmt;

use anyhow::Result;
use serde_json::json;

use crate::browser::Browser;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditions {
    /// How many times slower.
    processor: u32,
    network: Network,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Network {
    Local,
    Slow4G,
}

impl Conditions {
    pub const UNHINDERED: Self = Self { processor: 1, network: Network::Local };
    pub const ALL: [Self; 4] = [
        Self::UNHINDERED,
        Self { processor: 4, network: Network::Local },
        Self { processor: 1, network: Network::Slow4G },
        Self { processor: 4, network: Network::Slow4G },
    ];

    pub fn processor(self) -> String {
        format!("x{}", self.processor)
    }

    pub fn network(self) -> &'static str {
        match self.network {
            Network::Local => "as it is",
            Network::Slow4G => "slow 4G",
        }
    }

    /// From now on the page has no more than this.
    pub async fn emulate(self, browser: &Browser) -> Result<()> {
        browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": self.processor })).await?;
        // DevTools' own "Slow 4G": milliseconds, and bytes a second.
        let (latency, down, up) = match self.network {
            Network::Local => (0.0, -1.0, -1.0),
            Network::Slow4G => (562.5, 180_000.0, 84_375.0),
        };
        browser.cdp("Network.enable", json!({})).await?;
        let conditions =
            json!({ "offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up });
        browser.cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
    }
}

impl fmt::Display for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "processor {}, network {}", self.processor(), self.network())
    }
}
