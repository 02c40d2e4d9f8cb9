//! Window sizes, touch screens, text size and the preferences of a person.

use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::By;

use super::{TIMEOUT, Tab};
use crate::browser::{Engine, around_pointer};

/// During a transition the colours are those of neither state.
const STILL: (&str, &str) = ("prefers-reduced-motion", "reduce");

impl Tab {
    /// Sets the size of the viewport, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.set_viewport(width, height, false).await
    }

    /// Sets the size of the viewport, in CSS pixels, and emulates a phone, whose scroll bars take no space.
    pub async fn resize_phone(&self, width: u32, height: u32) -> Result<()> {
        self.set_viewport(width, height, true).await
    }

    async fn set_viewport(&self, width: u32, height: u32, mobile: bool) -> Result<()> {
        match self.browser.engine() {
            Engine::Chromium => {
                let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile});
                return self.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop);
            }
            Engine::Firefox => self.set_firefox_viewport(width, height).await?,
            Engine::WebKit => {
                let bars: u32 = self.script("return outerHeight - innerHeight").await?;
                let (x, y) = around_pointer(width, height + bars);
                self.driver().await?.set_window_rect(x, y, width, height + bars).await?;
            }
        }
        let has_size = format!("return innerWidth === {width} && innerHeight === {height}");
        self.becomes_true("the viewport has its size", TIMEOUT, &has_size).await
    }

    /// Makes the screen a phone's, which a finger touches. Needs [`Need::Touch`](crate::Need::Touch).
    pub async fn become_touch_screen(&self, width: u32, height: u32) -> Result<()> {
        self.resize_phone(width, height).await?;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({"enabled": true, "maxTouchPoints": 5})).await.map(drop)
    }

    /// Taps with a finger on the button or link with this name. Needs [`Need::Touch`](crate::Need::Touch).
    pub async fn tap(&self, name: &str) -> Result<()> {
        let target = By::XPath(format!("//*[self::a or self::button][normalize-space()='{name}']"));
        let target = self.displayed(target, &format!("button or link {name:?}")).await?;
        target.scroll_into_view().await?;
        let place = "const { left, right, top, bottom } = arguments[0].getBoundingClientRect();
            return [(left + right) / 2, (top + bottom) / 2]";
        let place = self.driver().await?.execute(place, vec![target.to_json()?]).await?;
        let (x, y): (f64, f64) = place.convert()?;
        for (kind, points) in [("touchStart", json!([{"x": x, "y": y}])), ("touchEnd", json!([]))] {
            self.cdp("Input.dispatchTouchEvent", json!({"type": kind, "touchPoints": points})).await?;
        }
        Ok(())
    }

    /// Sets the size of the page's text, in percent.
    pub async fn scale_text(&self, percent: u32) -> Result<()> {
        self.script(&format!("document.documentElement.style.fontSize = '{percent}%'")).await
    }

    /// Prefers a colour scheme, and no motion. Needs [`Need::MediaFeatures`](crate::Need::MediaFeatures).
    pub async fn prefer_scheme(&self, scheme: &str) -> Result<()> {
        self.emulate_media(&[("prefers-color-scheme", scheme), STILL]).await
    }

    /// Prefers more contrast, in this colour scheme. Needs [`Need::ContrastSettings`](crate::Need::ContrastSettings).
    pub async fn prefer_more_contrast(&self, scheme: &str) -> Result<()> {
        self.emulate_media(&[("prefers-contrast", "more"), ("prefers-color-scheme", scheme), STILL]).await
    }

    /// Has the system set all colours, in this colour scheme. Needs
    /// [`Need::ContrastSettings`](crate::Need::ContrastSettings).
    pub async fn force_colours(&self, scheme: &str) -> Result<()> {
        self.emulate_media(&[("forced-colors", "active"), ("prefers-color-scheme", scheme), STILL]).await
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
