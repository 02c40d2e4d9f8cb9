//! The servers and the browser of one test.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::POSTS;
use crate::browser::Browser;
use crate::fault::Fault;
use crate::stack::Stack;
use crate::tab::Tab;
use crate::transport::Transport;

/// All that a test needs.
#[derive(Debug)]
pub struct Stage {
    /// The servers.
    pub stack: Stack,
    /// The browser.
    pub browser: Rc<Browser>,
    transport: Transport,
    folder: PathBuf,
}

impl Stage {
    pub(crate) fn new(stack: Stack, browser: Rc<Browser>, transport: Transport, folder: &Path) -> Self {
        Self { stack, browser, transport, folder: folder.to_owned() }
    }

    /// Opens a tab on a path of the app.
    pub async fn tab(&self, path: &str) -> Result<Tab> {
        let tab = self.browser.new_tab(self.stack.origin(), self.transport).await?;
        tab.goto(path).await?;
        Ok(tab)
    }

    /// A tab on the posts, signed in as the demo account.
    pub async fn signed_in_tab(&self) -> Result<Tab> {
        let tab = self.browser.new_tab(self.stack.origin(), self.transport).await?;
        tab.sign_in().await?;
        Ok(tab)
    }

    /// A tab on so many posts, each titled "post" with its number, signed in as the demo account.
    pub async fn tab_with_posts(&self, count: usize) -> Result<Tab> {
        let posts =
            (1..=count).map(|id| json!({"id": id, "userId": 1, "title": format!("post {id}."), "body": "text"}));
        self.stack.faults(&[Fault::on(POSTS).json(posts.collect())]).await?;
        let tab = self.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.has_posts(count).await?;
        Ok(tab)
    }

    /// So many tabs on the posts, signed in as the demo account.
    pub async fn signed_in_tabs(&self, count: usize) -> Result<Vec<Tab>> {
        let mut tabs = vec![self.signed_in_tab().await?];
        while tabs.len() < count {
            let tab = self.tab("/posts").await?;
            tab.is_headed("Posts").await?;
            tabs.push(tab);
        }
        Ok(tabs)
    }

    /// What every test asserts at its end: no page has stopped, and no error stands in the console.
    pub(crate) async fn ensure_clean(&self) -> Result<()> {
        for tab in self.browser.tabs() {
            tab.read_console().await?;
            tab.ensure_alive().await?;
        }
        let errors = self.browser.console.errors();
        ensure!(errors.is_empty(), "errors in the browser's console:\n{}", errors.join("\n"));
        Ok(())
    }

    /// Keeps what can be seen at the moment of a failure.
    pub(crate) async fn take_pictures(&self) {
        for (number, tab) in self.browser.tabs().into_iter().enumerate() {
            // A page that cannot even be pictured has failed in another way, which is what the test tells of.
            let _ = tab.screenshot(&self.folder.join(format!("tab-{number}.png"))).await;
        }
    }
}
