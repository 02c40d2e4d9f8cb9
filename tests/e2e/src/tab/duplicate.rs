//! Tabs that are copies of others.

use anyhow::{Context, Result};
use thirtyfour::By;

use super::{TIMEOUT, Tab};
use crate::wait::eventually;

/// A link to the page in a new tab. A tab that a script opens without a click is a pop-up, which WebKit blocks.
const ADD_LINK: &str = r#"
const link = document.createElement("a");
Object.assign(link, { id: "copy-of-this-tab", href: location.href, target: "_blank", rel: "opener", textContent: "copy" });
Object.assign(link.style, { position: "fixed", inset: "0 auto auto 0", zIndex: "2147483647" });
document.body.append(link);
"#;

impl Tab {
    /// Opens a copy of the tab, as the browser's own "Duplicate" does: at the same address, with a copy of its
    /// `sessionStorage` (HTML standard, section 7.3.1.5).
    pub async fn duplicate(&self) -> Result<Self> {
        let before = self.driver().await?.windows().await?;
        self.script::<()>(ADD_LINK).await?;
        self.driver().await?.find(By::Id("copy-of-this-tab")).await?.click().await?;
        self.script::<()>("document.getElementById('copy-of-this-tab').remove()").await?;
        let handle = eventually("the copy opens", TIMEOUT, async || {
            let windows = self.driver().await?.windows().await?;
            Ok(windows.into_iter().find(|window| !before.contains(window)))
        })
        .await
        .context("no copy of the tab")?;
        Ok(self.browser.adopt(handle, self.origin(), self.transport()))
    }
}
