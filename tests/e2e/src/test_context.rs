//! The servers and the browser of one test.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Result, ensure};

use crate::browser::{Browser, Engine};
use crate::servers::Servers;
use crate::tab::Tab;
use crate::transport::Transport;

/// What a test runs on.
#[derive(Debug)]
pub struct TestContext {
    /// The servers.
    pub servers: Servers,
    /// The browser.
    pub browser: Rc<Browser>,
    transport: Transport,
    folder: PathBuf,
}

impl TestContext {
    pub(crate) fn new(servers: Servers, browser: Rc<Browser>, transport: Transport, folder: &Path) -> Self {
        Self { servers, browser, transport, folder: folder.to_owned() }
    }

    /// Opens a tab on a path of the app.
    pub async fn tab(&self, path: &str) -> Result<Tab> {
        let tab = self.browser.new_tab(self.servers.origin(), self.transport).await?;
        tab.goto(path).await?;
        Ok(tab)
    }

    /// Opens a tab on the posts, signed in as the demo account.
    pub async fn signed_in_tab(&self) -> Result<Tab> {
        let tab = self.browser.new_tab(self.servers.origin(), self.transport).await?;
        tab.sign_in().await?;
        Ok(tab)
    }

    /// Opens `count` tabs on the posts, signed in as the demo account.
    pub async fn signed_in_tabs(&self, count: usize) -> Result<Vec<Tab>> {
        let mut tabs = vec![self.signed_in_tab().await?];
        while tabs.len() < count {
            let tab = self.tab("/posts").await?;
            tab.has_heading("Posts").await?;
            tabs.push(tab);
        }
        Ok(tabs)
    }

    /// Fails if a page has crashed, or if the console has an error that was not expected. Every test ends with it.
    pub(crate) async fn ensure_clean(&self) -> Result<()> {
        for tab in self.browser.tabs() {
            tab.read_console().await?;
            tab.ensure_not_crashed().await?;
        }
        if self.browser.engine() != Engine::Chromium {
            self.add_what_servers_know().await?;
        }
        let errors = self.browser.console.errors();
        ensure!(errors.is_empty(), "errors in the browser's console:\n{}", errors.join("\n"));
        Ok(())
    }

    /// The drivers of other engines than Chromium do not read the console, so the servers tell what went wrong.
    async fn add_what_servers_know(&self) -> Result<()> {
        let console = &self.browser.console;
        console.add_page_errors(self.servers.page_errors().await?);
        console.add_failures(&self.servers.request_log().await?, &self.servers.api.failures());
        console.add_violations(&self.servers.policy_violations().await?);
        Ok(())
    }

    /// Saves a screenshot of each tab of a failed test.
    pub(crate) async fn save_screenshots(&self) {
        for (number, tab) in self.browser.tabs().into_iter().enumerate() {
            // A failed screenshot must not hide the failure of the test.
            let _ = tab.screenshot(&self.folder.join(format!("tab-{number}.png"))).await;
        }
    }
}
