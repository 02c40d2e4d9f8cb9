//! The servers and the browser of one test.

use std::rc::Rc;

use anyhow::Result;

use crate::browser::{Browser, Engine};
use crate::frame::Stage;
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
}

impl TestContext {
    pub(crate) fn new(servers: Servers, browser: Rc<Browser>, transport: Transport) -> Self {
        Self { servers, browser, transport }
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

    /// The drivers of other engines than Chromium do not read the console, so the servers tell what went wrong.
    async fn add_what_servers_know(&self) -> Result<()> {
        let console = &self.browser.console;
        console.add_page_errors(self.servers.page_errors().await?);
        console.add_failures(&self.servers.request_log().await?, &self.servers.api.failures());
        console.add_violations(&self.servers.policy_violations().await?);
        Ok(())
    }
}

impl Stage for TestContext {
    fn browser(&self) -> &Rc<Browser> {
        &self.browser
    }

    async fn ensure_clean(&self) -> Result<()> {
        for tab in self.browser.tabs() {
            tab.read_console().await?;
            tab.ensure_not_crashed().await?;
        }
        if self.browser.engine() != Engine::Chromium {
            self.add_what_servers_know().await?;
        }
        self.browser.console.ensure_clean()
    }
}
