//! Freezing a page, as a browser does with a tab that was hidden for long.

use anyhow::Result;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::json;

use super::Tab;
use crate::browser::Engine;

/// The process that runs the page.
const FIREFOX_PROCESS: &str = "return context.currentWindowGlobal.osPid";

impl Tab {
    /// Freezes the page. Needs [`Need::Freezing`](crate::Need::Freezing).
    pub async fn freeze(&self) -> Result<()> {
        if self.browser.engine() == Engine::Firefox {
            // Firefox freezes no tab by itself, but the system stops its process when the computer sleeps.
            let process = Pid::from_raw(self.firefox_script(FIREFOX_PROCESS).await?);
            self.browser.note_stopped(self.handle(), process);
            return Ok(kill(process, Signal::SIGSTOP)?);
        }
        self.cdp("Page.setWebLifecycleState", json!({"state": "frozen"})).await.map(drop)
    }

    /// Lets a frozen page run again.
    pub async fn unfreeze(&self) -> Result<()> {
        if self.browser.engine() == Engine::Firefox {
            return self.browser.continue_stopped(|handle| handle == self.handle());
        }
        self.cdp("Page.setWebLifecycleState", json!({"state": "active"})).await.map(drop)
    }

    /// Gives each tab a process of its own, which Firefox does for tabs of different sites alone.
    pub(crate) async fn separate_firefox_processes(&self) -> Result<()> {
        self.firefox_script("Services.prefs.setIntPref('dom.ipc.processCount.webIsolated', 8)").await
    }
}
