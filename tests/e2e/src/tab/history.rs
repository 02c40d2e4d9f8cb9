//! The history of a tab.

use anyhow::Result;
use serde_json::json;

use super::Tab;
use crate::browser::Engine;

/// Lists the history in the browser itself.
const FIREFOX_ENTRIES: &str = "
    const history = context.sessionHistory;
    return Array.from({ length: history.count }, (_, index) => history.getEntryAtIndex(index).URI.spec)";

impl Tab {
    /// The addresses in the tab's history, one a line. WebKit tells the current one alone: a test that looks for another
    /// needs [`Need::History`](crate::Need::History).
    pub async fn history(&self) -> Result<String> {
        let addresses: Vec<String> = match self.browser.engine() {
            Engine::Chromium => {
                let history = self.cdp("Page.getNavigationHistory", json!({})).await?;
                let entries = history["entries"].as_array().into_iter().flatten();
                entries.filter_map(|entry| entry["url"].as_str().map(str::to_owned)).collect()
            }
            Engine::Firefox => self.firefox_script(FIREFOX_ENTRIES).await?,
            Engine::WebKit => vec![self.url().await?],
        };
        Ok(addresses.join("\n"))
    }
}
