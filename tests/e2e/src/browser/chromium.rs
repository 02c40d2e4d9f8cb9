//! A headless Chromium that one test after the other uses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

use crate::machine::{Environment, Process, free_port};
use crate::wait::eventually;

/// How long a program may take to start, on a busy machine.
const START: Duration = Duration::from_secs(60);

/// The switches of chromedriver that affect pages, and one window size. The headless shell opens a window only if it is
/// given a page.
const ARGUMENTS: [&str; 16] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-features=IgnoreDuplicateNavs,Prewarm",
    "--disable-hang-monitor",
    "--disable-popup-blocking",
    "--disable-prompt-on-repost",
    "--enable-automation",
    "--no-first-run",
    "--password-store=basic",
    "--remote-debugging-port=0",
    "--window-size=1000,800",
    "about:blank",
];

/// The browser and its chromedriver. Dropping it ends both.
#[derive(Debug)]
pub(crate) struct Chromium {
    /// The origin of chromedriver.
    server: String,
    /// The address of the browser's DevTools.
    debugger: String,
    folder: PathBuf,
    _processes: [Process; 2],
}

impl Chromium {
    /// Starts it with a new profile in this folder.
    pub(crate) async fn start(environment: &Environment, folder: &Path) -> Result<Self> {
        let started = async {
            fs::create_dir_all(folder)?;
            let (driver, server) = start_driver(environment, folder).await?;
            let (browser, debugger) = start_browser(environment, folder).await?;
            anyhow::Ok(Self { server, debugger, folder: folder.to_owned(), _processes: [driver, browser] })
        };
        started.await.with_context(|| format!("no browser: see {}", folder.display()))
    }

    /// Opens a session of chromedriver. The browser outlives it.
    pub(crate) async fn attach(&self) -> Result<WebDriver> {
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.set_debugger_address(&self.debugger)?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(&self.server, capabilities).await;
        driver.with_context(|| format!("the browser does not answer: see {}", self.folder.display()))
    }
}

async fn start_driver(environment: &Environment, folder: &Path) -> Result<(Process, String)> {
    let port = free_port()?;
    let arguments = |command: &mut Command| {
        command.arg(format!("--port={port}"));
    };
    let mut process = Process::start(&environment.chromedriver, arguments, &folder.join("chromedriver.log"))?;
    let server = format!("http://127.0.0.1:{port}");
    eventually("chromedriver answers", START, async || {
        process.ensure_alive()?;
        Ok(reqwest::get(format!("{server}/status")).await.ok())
    })
    .await?;
    Ok((process, server))
}

async fn start_browser(environment: &Environment, folder: &Path) -> Result<(Process, String)> {
    let profile = folder.join("profile");
    let arguments = |command: &mut Command| {
        command.arg(format!("--user-data-dir={}", profile.display())).args(ARGUMENTS);
    };
    let mut process = Process::start(&environment.browser, arguments, &folder.join("browser.log"))?;
    let port = eventually("the browser writes its port", START, async || {
        process.ensure_alive()?;
        let text = fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
        // The file is complete once it has its second line.
        Ok(text.split_once('\n').map(|(port, _)| port.to_owned()))
    })
    .await?;
    Ok((process, format!("127.0.0.1:{port}")))
}
