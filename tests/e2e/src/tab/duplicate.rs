//! Tabs that are copies of others.

use anyhow::{Context, Result};

use super::{TIMEOUT, Tab};
use crate::wait::eventually;

impl Tab {
    /// Opens a copy of the tab, as the browser's own "Duplicate" does: at the same address, with a copy of its
    /// `sessionStorage` (HTML standard, section 7.3.1.5).
    pub async fn duplicate(&self) -> Result<Self> {
        let before = self.driver().await?.windows().await?;
        self.script::<()>("window.open(location.href)").await?;
        let handle = eventually("the copy opens", TIMEOUT, async || {
            let windows = self.driver().await?.windows().await?;
            Ok(windows.into_iter().find(|window| !before.contains(window)))
        })
        .await
        .context("no copy of the tab")?;
        Ok(self.browser.adopt(handle, self.origin(), self.transport()))
    }
}
