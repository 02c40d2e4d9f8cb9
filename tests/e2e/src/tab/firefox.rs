//! What a script in Firefox itself can do, where Chromium has its DevTools.

use anyhow::{Result, bail};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{TIMEOUT, Tab};

impl Tab {
    /// Runs a script in the browser. `context` is the tab's `BrowsingContext`, and `browser` its element in the window.
    pub(crate) async fn firefox_script<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        let script = format!("const browser = gBrowser.selectedBrowser, context = browser.browsingContext; {script}");
        self.send("/moz/context", Some(json!({"context": "chrome"}))).await?;
        let outcome = self.script(&script).await;
        self.send("/moz/context", Some(json!({"context": "content"}))).await?;
        outcome
    }

    /// Hides the browser's own bars, which Tab would lead to after the last stop of a page. Neither the headless Chromium
    /// nor WebKitGTK's automation window has any.
    pub(crate) async fn hide_firefox_bars(&self) -> Result<()> {
        self.firefox_script("gNavToolbox.hidden = true").await
    }

    /// Sets the size of the viewport, in CSS pixels. The page has it a little later.
    pub(crate) async fn set_firefox_viewport(&self, width: u32, height: u32) -> Result<()> {
        let set = |name: &str, pixels: u32| {
            let properties = [name.to_owned(), format!("min-{name}"), format!("max-{name}")];
            properties.map(|property| format!("browser.style.setProperty('{property}', '{pixels}px');")).concat()
        };
        self.firefox_script(&[set("width", width), set("height", height)].concat()).await
    }

    /// Sets media features.
    pub(crate) async fn set_firefox_media(&self, features: &[(&str, &str)]) -> Result<()> {
        for (name, value) in features {
            let script = match (*name, *value) {
                ("prefers-color-scheme", scheme) => format!("context.prefersColorSchemeOverride = '{scheme}'"),
                ("prefers-reduced-motion", "reduce") => {
                    "Services.prefs.setIntPref('ui.prefersReducedMotion', 1)".into()
                }
                ("prefers-reduced-motion", _) => "Services.prefs.setIntPref('ui.prefersReducedMotion', 0)".into(),
                _ => bail!("no setting of Firefox for {name}"),
            };
            self.firefox_script::<()>(&script).await?;
            let matches = format!("return matchMedia('({name}: {value})').matches");
            self.becomes_true(&format!("{name} is {value}"), TIMEOUT, &matches).await?;
        }
        Ok(())
    }
}
