//! The browser of one test: its tabs, its console, and nothing left from the tests before.

mod chromium;
mod console;
mod pool;

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::Result;
use serde_json::json;
use thirtyfour::{WebDriver, WindowHandle};

pub(crate) use chromium::Chromium;
pub use console::Console;
pub(crate) use pool::Slot;

use crate::tab::Tab;
use crate::transport::Transport;

/// A running browser with the tabs of one test.
#[derive(Debug)]
pub struct Browser {
    /// What the tabs have printed.
    pub console: Console,
    driver: WebDriver,
    current: RefCell<Option<WindowHandle>>,
    tabs: RefCell<Vec<Tab>>,
    /// The window that the browser came with, until a tab takes it.
    first_window: RefCell<Option<WindowHandle>>,
    /// What each tab runs before the page's own scripts.
    first_script: String,
}

impl Browser {
    /// Takes over a browser with one empty window, and deletes the cookies of earlier tests: cookies ignore the port. All
    /// other state belongs to an origin or a window, and each test has its own.
    pub(crate) async fn take_over(chromium: &Chromium, first_script: String) -> Result<Rc<Self>> {
        let driver = chromium.attach().await?;
        driver.cdp().send_raw("Network.clearBrowserCookies", json!({})).await?;
        let first = driver.window().await?;
        Ok(Rc::new(Self {
            console: Console::default(),
            driver,
            current: RefCell::new(Some(first.clone())),
            tabs: RefCell::default(),
            first_window: RefCell::new(Some(first)),
            first_script,
        }))
    }

    /// Opens an empty tab.
    pub(crate) async fn new_tab(self: &Rc<Self>, origin: &str, transport: Transport) -> Result<Tab> {
        let first = self.first_window.take();
        let handle = match first {
            Some(first) => first,
            None => self.driver.new_window().await?,
        };
        let tab = Tab::new(self, handle, origin, transport);
        tab.run_first(&self.first_script).await?;
        self.tabs.borrow_mut().push(tab.clone());
        Ok(tab)
    }

    /// The driver, switched to this tab.
    pub(crate) async fn switch_to(&self, handle: &WindowHandle) -> Result<&WebDriver> {
        if self.current.borrow().as_ref() != Some(handle) {
            self.driver.switch_to_window(handle.clone()).await?;
            self.current.replace(Some(handle.clone()));
        }
        Ok(&self.driver)
    }

    pub(crate) fn remove(&self, handle: &WindowHandle) {
        self.tabs.borrow_mut().retain(|tab| tab.handle() != handle);
        self.current.replace(None);
    }

    pub(crate) fn tabs(&self) -> Vec<Tab> {
        self.tabs.borrow().clone()
    }

    /// Leaves one empty window to the next test, and ends the driver's session.
    pub(crate) async fn leave(&self) -> Result<()> {
        let used = self.driver.windows().await?;
        self.driver.new_window().await?;
        for window in used {
            self.driver.switch_to_window(window).await?;
            self.driver.close_window().await?;
        }
        Ok(self.driver.clone().quit().await?)
    }
}
