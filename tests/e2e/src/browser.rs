//! The browser of one test: its tabs, its console, and nothing left from the tests before.

mod chromium;
mod console;
mod display;
mod driver_process;
mod engine;
mod firefox;
mod need;
mod pool;
mod privacy;
mod running;
mod webkit;

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::Result;
use serde_json::json;
use thirtyfour::{WebDriver, WindowHandle};

pub use console::Console;
pub(crate) use display::around_pointer;
pub use engine::Engine;
pub use need::Need;
pub(crate) use need::{Extent, record_skip};
pub(crate) use pool::Slot;
pub(crate) use privacy::Privacy;
pub(crate) use running::RunningBrowser;

use crate::COOKIE_PAGE;
use crate::tab::Tab;
use crate::transport::Transport;

/// A running browser with the tabs of one test.
#[derive(Debug)]
pub struct Browser {
    /// What the tabs have printed.
    pub console: Console,
    engine: Engine,
    driver: WebDriver,
    current: RefCell<Option<WindowHandle>>,
    tabs: RefCell<Vec<Tab>>,
    /// The window that the browser came with, until a tab takes it.
    first_window: RefCell<Option<WindowHandle>>,
    /// The window that [`Browser::switch_to_cookies`] uses.
    cookie_window: RefCell<Option<WindowHandle>>,
}

impl Browser {
    /// Opens a session in a browser with one empty window. Chromium runs for many tests, so the cookies of earlier tests
    /// are deleted: cookies ignore the port. All other state belongs to an origin or a window, and each test has its own.
    pub(crate) async fn open(running: &RunningBrowser, engine: Engine) -> Result<Rc<Self>> {
        let driver = running.open_session().await?;
        if engine == Engine::Chromium {
            driver.cdp().send_raw("Network.clearBrowserCookies", json!({})).await?;
        }
        let first = driver.window().await?;
        Ok(Rc::new(Self {
            console: Console::default(),
            engine,
            driver,
            current: RefCell::new(Some(first.clone())),
            tabs: RefCell::default(),
            first_window: RefCell::new(Some(first)),
            cookie_window: RefCell::default(),
        }))
    }

    /// The engine of the browser.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Opens a tab on a path of the app at `origin`.
    pub async fn open_tab(self: &Rc<Self>, origin: &str, path: &str) -> Result<Tab> {
        let tab = self.new_tab(origin, Transport::default()).await?;
        tab.goto(path).await?;
        Ok(tab)
    }

    /// Opens an empty tab.
    pub(crate) async fn new_tab(self: &Rc<Self>, origin: &str, transport: Transport) -> Result<Tab> {
        let first = self.first_window.take();
        let handle = match first {
            Some(first) => first,
            None => self.driver.new_window().await?,
        };
        let tab = Tab::new(self, handle, origin, transport);
        if self.engine == Engine::Firefox {
            tab.hide_firefox_bars().await?;
        }
        self.tabs.borrow_mut().push(tab.clone());
        Ok(tab)
    }

    /// Takes over a tab that a page has opened.
    pub(crate) fn adopt(self: &Rc<Self>, handle: WindowHandle, origin: &str, transport: Transport) -> Tab {
        let tab = Tab::new(self, handle, origin, transport);
        self.tabs.borrow_mut().push(tab.clone());
        tab
    }

    /// The driver, switched to this tab.
    pub(crate) async fn switch_to(&self, handle: &WindowHandle) -> Result<&WebDriver> {
        if self.current.borrow().as_ref() != Some(handle) {
            self.driver.switch_to_window(handle.clone()).await?;
            self.current.replace(Some(handle.clone()));
        }
        Ok(&self.driver)
    }

    /// The driver, switched to a window of its own on a page to which the browser sends all cookies of a session: WebDriver
    /// reads and writes the cookies of the current page alone.
    pub(crate) async fn switch_to_cookies(&self, origin: &str) -> Result<&WebDriver> {
        let window = self.cookie_window.borrow().clone();
        let window = match window {
            Some(window) => window,
            None => self.driver.new_window().await?,
        };
        self.cookie_window.replace(Some(window.clone()));
        let driver = self.switch_to(&window).await?;
        driver.goto(format!("{origin}{COOKIE_PAGE}")).await?;
        Ok(driver)
    }

    pub(crate) fn remove(&self, handle: &WindowHandle) {
        self.tabs.borrow_mut().retain(|tab| tab.handle() != handle);
        self.current.replace(None);
    }

    pub(crate) fn tabs(&self) -> Vec<Tab> {
        self.tabs.borrow().clone()
    }

    /// Ends the driver's session. A Chromium keeps one empty window for the next test; any other browser ends.
    pub(crate) async fn leave(&self) -> Result<()> {
        if self.engine == Engine::Chromium {
            let used = self.driver.windows().await?;
            self.driver.new_window().await?;
            for window in used {
                self.driver.switch_to_window(window).await?;
                self.driver.close_window().await?;
            }
        }
        Ok(self.driver.clone().quit().await?)
    }
}
