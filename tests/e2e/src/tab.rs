//! A browser tab, read and used as a person does.

mod axe;
mod condition;
mod devtools;
mod duplicate;
mod extension_command;
mod firefox;
mod form;
mod freezing;
mod history;
mod keyboard;
mod layout;
mod media;
mod network;
mod screen_reader;
mod stored_session;
mod visibility;

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

use crate::browser::{Browser, Engine, Extent, Need};
use crate::frame::Frame;
use crate::page_script;
use crate::transport::Transport;
use crate::wait::eventually;

pub use screen_reader::{Announcement, LISTEN, ReadAloud};

/// How long a page may take to show something, on a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// A tab in a window of its own, so that it can be hidden alone.
#[derive(Debug, Clone)]
pub struct Tab {
    browser: Rc<Browser>,
    handle: WindowHandle,
    origin: String,
    transport: Transport,
}

impl Tab {
    pub(crate) fn new(browser: &Rc<Browser>, handle: WindowHandle, origin: &str, transport: Transport) -> Self {
        Self { browser: Rc::clone(browser), handle, origin: origin.to_owned(), transport }
    }

    pub(crate) fn handle(&self) -> &WindowHandle {
        &self.handle
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// How the app's tokens travel.
    #[must_use]
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// Whether the engine can meet this need, for a test that does less where it cannot. The summary of the run counts it.
    pub fn meets(&self, need: Need) -> Result<bool> {
        match need.missing_in(self.browser.engine()) {
            None => Ok(true),
            Some(reason) => Frame::of_this_test()?.record_skip(Extent::Part, reason).map(|()| false),
        }
    }

    /// Opens a path of the app, as if its address were typed.
    pub async fn goto(&self, path: &str) -> Result<()> {
        Ok(self.driver().await?.goto(format!("{}{path}", self.origin)).await?)
    }

    /// Opens a path of the app, and waits for the page with this heading.
    pub async fn open(&self, path: &str, heading: &str) -> Result<()> {
        self.goto(path).await?;
        self.has_heading(heading).await
    }

    /// Opens any address.
    pub async fn visit(&self, url: &str) -> Result<()> {
        Ok(self.driver().await?.goto(url).await?)
    }

    /// The whole address.
    pub async fn url(&self) -> Result<String> {
        Ok(self.driver().await?.current_url().await?.into())
    }

    /// The path and query of the address.
    pub async fn path(&self) -> Result<String> {
        let url = self.driver().await?.current_url().await?;
        Ok(url[url::Position::BeforePath..].to_owned())
    }

    /// Goes back one entry in the history.
    pub async fn back(&self) -> Result<()> {
        if self.browser.engine() != Engine::WebKit {
            return Ok(self.driver().await?.back().await?);
        }
        // The driver would wait for a page to load, and a page from the back/forward cache does not.
        let before = self.url().await?;
        self.script::<()>("history.back()").await?;
        eventually("the page before", TIMEOUT, async || Ok((self.url().await? != before).then_some(()))).await
    }

    /// Reloads the page.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver().await?.refresh().await?)
    }

    /// Closes the tab at once, whatever it is doing.
    pub async fn close(self) -> Result<()> {
        self.read_console().await?;
        self.driver().await?.close_window().await?;
        self.browser.remove(&self.handle);
        Ok(())
    }

    /// All text on the page.
    pub async fn text(&self) -> Result<String> {
        Ok(self.script_of_any_page("return document.body?.innerText").await?.unwrap_or_default())
    }

    /// The number of posts on the page.
    pub async fn post_count(&self) -> Result<usize> {
        Ok(self.script_of_any_page("return document.querySelectorAll('article h2').length").await?.unwrap_or_default())
    }

    /// The time of the last update that the page shows.
    pub async fn updated_at(&self) -> Result<Option<String>> {
        self.script("return document.querySelector('time')?.dateTime").await
    }

    /// Runs a script in the page, and waits for the promise that it returns, if it returns one.
    pub async fn script<T: serde::de::DeserializeOwned>(&self, script: &str) -> Result<T> {
        Ok(self.driver().await?.execute(script, Vec::new()).await?.convert()?)
    }

    /// The same, or nothing if the page is left meanwhile: Firefox answers with null then.
    pub(crate) async fn script_of_any_page<T: serde::de::DeserializeOwned>(&self, script: &str) -> Result<Option<T>> {
        self.script(script).await
    }

    /// Records the errors of the tab.
    pub(crate) async fn read_console(&self) -> Result<()> {
        if self.browser.engine() == Engine::Chromium {
            let driver = self.driver().await?;
            // The result of a script arrives after everything that the page has printed before.
            driver.execute("return 0", Vec::new()).await?;
            self.browser.console.add_log(driver.browser_log().await?);
        } else {
            self.browser.console.add_page_errors(self.script::<Vec<_>>(page_script::TAKE_ERRORS).await?);
        }
        Ok(())
    }

    /// Fails if the page shows that the app has crashed.
    pub(crate) async fn ensure_not_crashed(&self) -> Result<()> {
        let notice: String = self.script("return document.getElementById('fault')?.innerText ?? ''").await?;
        ensure!(notice.is_empty(), "the app has crashed: {notice}");
        Ok(())
    }

    pub(crate) async fn screenshot(&self, path: &Path) -> Result<()> {
        Ok(self.driver().await?.screenshot(path).await?)
    }

    async fn displayed(&self, by: By, what: &str) -> Result<WebElement> {
        let query = self.driver().await?.query(by).wait(TIMEOUT, Duration::from_millis(50));
        query.and_displayed().first().await.with_context(|| format!("no {what}"))
    }

    async fn driver(&self) -> Result<&WebDriver> {
        self.browser.switch_to(&self.handle).await
    }
}
