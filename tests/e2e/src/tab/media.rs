//! Window sizes, text size and the preferences of a person.

use anyhow::Result;
use serde_json::{Value, json};

use super::Tab;
use crate::browser::Engine;

impl Tab {
    /// Sets the size of the viewport, in CSS pixels. Needs [`Need::Viewport`](crate::Need::Viewport).
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.emulate_screen(width, height, false).await
    }

    /// Sets the size of the viewport, in CSS pixels, and emulates a phone, whose scroll bars take no space. Needs
    /// [`Need::Viewport`](crate::Need::Viewport).
    pub async fn resize_phone(&self, width: u32, height: u32) -> Result<()> {
        self.emulate_screen(width, height, true).await
    }

    async fn emulate_screen(&self, width: u32, height: u32, mobile: bool) -> Result<()> {
        if self.browser.engine() == Engine::Firefox {
            return self.set_firefox_viewport(width, height).await;
        }
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// Sets the size of the page's text, in percent.
    pub async fn scale_text(&self, percent: u32) -> Result<()> {
        self.script(&format!("document.documentElement.style.fontSize = '{percent}%'")).await
    }

    /// Prefers a colour scheme, and no motion: during a transition the colours are those of neither scheme. Needs
    /// [`Need::MediaFeatures`](crate::Need::MediaFeatures).
    pub async fn prefer_scheme(&self, scheme: &str) -> Result<()> {
        self.emulate_media(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]).await
    }

    /// Sets `prefers-reduced-motion`. Needs [`Need::MediaFeatures`](crate::Need::MediaFeatures).
    pub async fn prefer_motion(&self, preference: &str) -> Result<()> {
        self.emulate_media(&[("prefers-reduced-motion", preference)]).await
    }

    async fn emulate_media(&self, features: &[(&str, &str)]) -> Result<()> {
        if self.browser.engine() == Engine::Firefox {
            return self.set_firefox_media(features).await;
        }
        let features: Value = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features})).await.map(drop)
    }
}
