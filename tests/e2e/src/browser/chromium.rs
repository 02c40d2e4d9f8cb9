//! A headless Chromium that one test after the other uses.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel};

use super::driver_process::START;
use super::privacy::Privacy;
use crate::machine::{Environment, Process};
use crate::wait::eventually;

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

/// A browser process that outlives the sessions of chromedriver. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Chromium {
    /// The address of the browser's DevTools.
    debugger: String,
    _process: Process,
}

impl Chromium {
    pub(crate) async fn start(environment: &Environment, folder: &Path) -> Result<Self> {
        let profile = folder.join("profile");
        if environment.privacy == Privacy::CookiesBlocked {
            write_settings(&profile, r#"{"profile": {"default_content_setting_values": {"cookies": 2}}}"#)?;
        }
        let arguments = |command: &mut Command| {
            command.arg(format!("--user-data-dir={}", profile.display()));
            let trusted = environment.trusted_key();
            command.args(trusted.map(|key| format!("--ignore-certificate-errors-spki-list={key}")));
            command.args((environment.privacy == Privacy::PrivateWindow).then_some("--incognito")).args(ARGUMENTS);
        };
        let mut process = Process::start(&environment.browser, arguments, &folder.join("browser.log"))?;
        let port = eventually("the browser writes its port", START, async || {
            process.ensure_alive()?;
            let text = fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
            // The file is complete once it has its second line.
            Ok(text.split_once('\n').map(|(port, _)| port.to_owned()))
        })
        .await?;
        Ok(Self { debugger: format!("127.0.0.1:{port}"), _process: process })
    }

    pub(crate) fn capabilities(&self) -> Result<ChromeCapabilities> {
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.set_debugger_address(&self.debugger)?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        Ok(capabilities)
    }
}

/// What a person has set in the browser's settings before the test.
fn write_settings(profile: &Path, json: &str) -> std::io::Result<()> {
    let folder = profile.join("Default");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("Preferences"), json)
}
