//! Windows of other sizes, and larger text.

use anyhow::Result;
use serde_json::json;

use crate::tab::Tab;

impl Tab {
    /// Shows the page in a window of so many pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.emulate(width, height, false).await
    }

    /// Shows the page as a phone with a screen of so many pixels does: no scroll bar takes any of them.
    pub async fn resize_phone(&self, width: u32, height: u32) -> Result<()> {
        self.emulate(width, height, true).await
    }

    async fn emulate(&self, width: u32, height: u32, mobile: bool) -> Result<()> {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// Sets the size of the text on this page, in per cent.
    pub async fn scale_text(&self, percent: u32) -> Result<()> {
        self.script(&format!("document.documentElement.style.fontSize = '{percent}%'")).await
    }
}
