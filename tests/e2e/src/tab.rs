//! One tab, seen and used as a person does.

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::transport::Transport;
use crate::wait::eventually;

/// How long a page may take to show what it has to show, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A tab, in a window of its own, so that it can be hidden alone.
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

    /// How its app's tokens travel.
    #[must_use]
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// Opens a path of the app, as typing its address does.
    pub async fn goto(&self, path: &str) -> Result<()> {
        Ok(self.driver().await?.goto(format!("{}{path}", self.origin)).await?)
    }

    /// Opens any address.
    pub async fn visit(&self, url: &str) -> Result<()> {
        Ok(self.driver().await?.goto(url).await?)
    }

    /// Its whole address.
    pub async fn url(&self) -> Result<String> {
        Ok(self.driver().await?.current_url().await?.into())
    }

    /// Goes one page back in its history.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver().await?.back().await?)
    }

    /// Loads the page anew.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver().await?.refresh().await?)
    }

    /// Closes the tab at once, whatever it is doing.
    pub async fn close(self) -> Result<()> {
        self.read_console().await?;
        self.driver().await?.close_window().await?;
        self.browser.forget(&self.handle);
        Ok(())
    }

    /// The path and query of its address.
    pub async fn path(&self) -> Result<String> {
        let url = self.driver().await?.current_url().await?;
        Ok(url[url::Position::BeforePath..].to_owned())
    }

    /// All text on the page.
    pub async fn text(&self) -> Result<String> {
        self.script("return document.body.innerText").await
    }

    /// Waits until the page shows this text.
    pub async fn shows(&self, text: &str) -> Result<()> {
        self.shows_within(text, PATIENCE).await
    }

    /// Waits until the page shows this text, for at most `within`.
    pub async fn shows_within(&self, text: &str, within: Duration) -> Result<()> {
        eventually(&format!("the page shows {text:?}"), within, async || {
            Ok(self.text().await?.contains(text).then_some(()))
        })
        .await
    }

    /// Waits until the page no longer shows this text.
    pub async fn hides_within(&self, text: &str, within: Duration) -> Result<()> {
        eventually(&format!("the page no longer shows {text:?}"), within, async || {
            Ok((!self.text().await?.contains(text)).then_some(()))
        })
        .await
    }

    /// Waits until the main heading says this.
    pub async fn is_headed(&self, heading: &str) -> Result<()> {
        eventually(&format!("the heading {heading:?}"), PATIENCE, async || {
            let found: Option<String> = self.script("return document.querySelector('h1')?.innerText").await?;
            Ok((found.as_deref() == Some(heading)).then_some(()))
        })
        .await
    }

    /// Waits until there are so many posts on the page.
    pub async fn has_posts(&self, count: usize) -> Result<()> {
        eventually(&format!("{count} posts"), PATIENCE, async || Ok((self.posts().await? == count).then_some(()))).await
    }

    /// How many posts are on the page.
    pub async fn posts(&self) -> Result<usize> {
        self.script("return document.querySelectorAll('article h2').length").await
    }

    /// The moment that the page says the posts are of.
    pub async fn updated_at(&self) -> Result<Option<String>> {
        self.script("return document.querySelector('time')?.dateTime").await
    }

    /// Waits until the page says that the posts are of another moment than `before`.
    pub async fn is_updated_after(&self, before: Option<&str>, within: Duration) -> Result<()> {
        eventually("newer posts", within, async || {
            let at = self.updated_at().await?;
            Ok((at.is_some() && at.as_deref() != before).then_some(()))
        })
        .await
    }

    /// Presses the button with this name.
    pub async fn press(&self, name: &str) -> Result<()> {
        let button = By::XPath(format!("//button[normalize-space()='{name}']"));
        self.element(button).await.with_context(|| format!("no button {name:?}"))?.click().await?;
        Ok(())
    }

    /// Follows the link with this name.
    pub async fn follow(&self, name: &str) -> Result<()> {
        let link = By::XPath(format!("//a[normalize-space()='{name}']"));
        self.element(link).await.with_context(|| format!("no link {name:?}"))?.click().await?;
        Ok(())
    }

    /// Types into the field with this label, in place of what is there.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let label_element = By::XPath(format!("//label[normalize-space()='{label}']"));
        let label_element = self.element(label_element).await.with_context(|| format!("no label {label:?}"))?;
        let id = label_element.attr("for").await?.with_context(|| format!("the label {label:?} is no field's"))?;
        let field = self.element(By::Id(id)).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Fills in the sign-in form and sends it.
    pub async fn submit_password(&self, name: &str, password: &str) -> Result<()> {
        self.fill("Username or email", name).await?;
        self.fill("Password", password).await?;
        self.press("Sign in").await
    }

    /// Signs in as the demo account and opens the posts.
    pub async fn sign_in(&self) -> Result<()> {
        self.goto("/sign-in?next=%2Fposts").await?;
        self.submit_password("demo", "demo-password").await?;
        self.is_headed("Posts").await?;
        self.has_posts(100).await
    }

    /// Tells the page that it is off the network, and keeps it off; or on again.
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.cdp("Network.enable", json!({})).await?;
        self.cdp("Network.emulateNetworkConditions", conditions).await?;
        eventually("the page knows", PATIENCE, async || {
            let online: bool = self.script("return navigator.onLine").await?;
            Ok((online != offline).then_some(()))
        })
        .await
    }

    /// Minimises its window.
    pub async fn hide(&self) -> Result<()> {
        self.set_window("minimized").await?;
        eventually("the tab is hidden", PATIENCE, async || Ok(self.is_hidden().await?.then_some(()))).await
    }

    /// Brings its window back.
    pub async fn show(&self) -> Result<()> {
        self.set_window("normal").await?;
        eventually("the tab is visible", PATIENCE, async || Ok((!self.is_hidden().await?).then_some(()))).await
    }

    /// Hides it and brings it back: what it has put off it does now.
    pub async fn wake(&self) -> Result<()> {
        self.hide().await?;
        self.show().await
    }

    async fn set_window(&self, state: &str) -> Result<()> {
        let window = self.cdp("Browser.getWindowForTarget", json!({})).await?;
        let bounds = json!({"windowId": window["windowId"], "bounds": {"windowState": state}});
        self.cdp("Browser.setWindowBounds", bounds).await?;
        Ok(())
    }

    /// Whether the page takes itself for hidden.
    pub async fn is_hidden(&self) -> Result<bool> {
        self.script("return document.hidden").await
    }

    /// Runs a script in the page.
    pub async fn script<T: serde::de::DeserializeOwned>(&self, script: &str) -> Result<T> {
        Ok(self.driver().await?.execute(script, Vec::new()).await?.convert()?)
    }

    /// Sends a command of the DevTools protocol.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver().await?.cdp().send_raw(method, parameters).await?)
    }

    /// From the next page on, lets the page do what its content security policy forbids.
    pub async fn ignore_policy(&self) -> Result<()> {
        self.cdp("Page.setBypassCSP", json!({"enabled": true})).await.map(drop)
    }

    /// Runs a script before the page's own, from the next page on.
    pub(crate) async fn run_first(&self, script: &str) -> Result<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await?;
        Ok(())
    }

    /// Hands over what is in the console to the browser's own record.
    pub(crate) async fn read_console(&self) -> Result<()> {
        let driver = self.driver().await?;
        // An answer of the page comes after all that the page has said before.
        driver.execute("return 0", Vec::new()).await?;
        self.browser.console.add(driver.browser_log().await?);
        Ok(())
    }

    /// Fails where the page has shown that it has stopped working.
    pub(crate) async fn ensure_alive(&self) -> Result<()> {
        let fault: String = self.script("return document.getElementById('fault')?.innerText ?? ''").await?;
        ensure!(fault.is_empty(), "the page has stopped: {fault}");
        Ok(())
    }

    pub(crate) async fn screenshot(&self, path: &Path) -> Result<()> {
        Ok(self.driver().await?.screenshot(path).await?)
    }

    async fn element(&self, by: By) -> Result<WebElement> {
        let driver = self.driver().await?;
        Ok(driver.query(by).wait(PATIENCE, Duration::from_millis(50)).and_displayed().first().await?)
    }

    pub(crate) async fn driver(&self) -> Result<&WebDriver> {
        self.browser.steer(&self.handle).await
    }
}
