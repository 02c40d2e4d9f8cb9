//! A headless Chromium with a profile of its own.

use std::cell::RefCell;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result};
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, WindowHandle,
};

use crate::console::Console;
use crate::environment::Environment;
use crate::port::free_port;
use crate::process::Process;
use crate::tab::Tab;
use crate::transport::Transport;
use crate::wait::eventually;

/// From the start of chromedriver to its first answer, on a busy machine.
const START: Duration = Duration::from_secs(30);

/// A running browser. Its tabs are one test's.
#[derive(Debug)]
pub struct Browser {
    /// What its tabs print.
    pub console: Console,
    driver: WebDriver,
    current: RefCell<Option<WindowHandle>>,
    tabs: RefCell<Vec<Tab>>,
    /// The first window is there already.
    first: RefCell<Option<WindowHandle>>,
    /// What each tab runs before the page's own scripts.
    first_script: String,
    process: RefCell<Option<Process>>,
}

impl Browser {
    pub(crate) async fn start(environment: &Environment, folder: &Path, first_script: String) -> Result<Rc<Self>> {
        fs::create_dir_all(folder)?;
        let port = free_port()?;
        let log = folder.join("chromedriver.log");
        let mut command = Command::new(&environment.chromedriver);
        let mut process = Process::start(command.arg(format!("--port={port}")), &log)?;
        let server = format!("http://127.0.0.1:{port}");
        eventually("chromedriver answers", START, async || {
            process.ensure_alive()?;
            Ok(reqwest::get(format!("{server}/status")).await.ok())
        })
        .await?;
        let driver = WebDriver::new(&server, capabilities(folder)?)
            .await
            .with_context(|| format!("no browser: see {}", log.display()))?;
        let first = driver.window().await?;
        Ok(Rc::new(Self {
            console: Console::default(),
            driver,
            current: RefCell::new(Some(first.clone())),
            tabs: RefCell::default(),
            first: RefCell::new(Some(first)),
            first_script,
            process: RefCell::new(Some(process)),
        }))
    }

    /// Opens an empty tab.
    pub(crate) async fn new_tab(self: &Rc<Self>, origin: &str, transport: Transport) -> Result<Tab> {
        let first = self.first.take();
        let handle = match first {
            Some(first) => first,
            None => self.driver.new_window().await?,
        };
        let tab = Tab::new(self, handle, origin, transport);
        tab.run_first(&self.first_script).await?;
        self.tabs.borrow_mut().push(tab.clone());
        Ok(tab)
    }

    /// The driver, with this tab the one it steers.
    pub(crate) async fn steer(&self, handle: &WindowHandle) -> Result<&WebDriver> {
        if self.current.borrow().as_ref() != Some(handle) {
            self.driver.switch_to_window(handle.clone()).await?;
            self.current.replace(Some(handle.clone()));
        }
        Ok(&self.driver)
    }

    pub(crate) fn forget(&self, handle: &WindowHandle) {
        self.tabs.borrow_mut().retain(|tab| tab.handle() != handle);
        self.current.replace(None);
    }

    pub(crate) fn tabs(&self) -> Vec<Tab> {
        self.tabs.borrow().clone()
    }

    /// Closes the browser, then its driver.
    pub(crate) async fn quit(&self) {
        // A browser that does not close by itself is ended with its driver's process group.
        let _ = self.driver.clone().quit().await;
        self.process.take();
    }
}

fn capabilities(folder: &Path) -> Result<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--window-size=1000,800",
        &profile,
    ];
    for argument in arguments {
        capabilities.add_arg(argument)?;
    }
    if let Some(binary) = env::var_os("CHROME") {
        capabilities.set_binary(&binary.to_string_lossy())?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}
