//! The headless browser of the tests, and the driver that steers it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::apt;
use crate::command::announce;

/// Where Debian's chromium-driver puts it. It finds the Chromium of the same package by itself.
const DEBIANS_DRIVER: &str = "/usr/bin/chromedriver";
const DEBIANS_BROWSER: &str = "/usr/bin/chromium";
/// The same engine without the pages that make a browser's own face: half the work. Not its script in /usr/bin, which
/// stays between it and a signal.
const DEBIANS_SHELL: &str = "/usr/lib/chromium/chromium-headless-shell";

const BROWSER_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];
/// All at once, for they are of one version.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "chromium-headless-shell"];

/// The path of a chromedriver: `CHROMEDRIVER`, or Debian's, installed if it is missing.
pub fn ensure_chromedriver() -> Result<PathBuf> {
    if let Some(chosen) = chosen("CHROMEDRIVER")? {
        return Ok(chosen);
    }
    let driver = Path::new(DEBIANS_DRIVER);
    if !driver.is_file() || !Path::new(DEBIANS_BROWSER).is_file() {
        apt::install(&PACKAGES)
            .or_else(|_| apt::install(&BROWSER_PACKAGES))
            .and_then(|()| {
                ensure!(driver.is_file(), "the packages came without {DEBIANS_DRIVER}");
                Ok(())
            })
            .context(
                "the browser tests need Chromium or Chrome with its chromedriver: install both, \
             then set CHROMEDRIVER and CHROME to their paths",
            )?;
    }
    Ok(driver.to_owned())
}

/// The path of a whole browser: `CHROME`, or Debian's Chromium, installed if it is missing.
pub fn ensure_chromium() -> Result<PathBuf> {
    match chosen("CHROME")? {
        Some(chosen) => Ok(chosen),
        None => ensure_chromedriver().map(|_| DEBIANS_BROWSER.into()),
    }
}

/// The path of a browser that has no face: `CHROME`, or Debian's headless shell, installed if it is missing, or where
/// that cannot be had Debian's whole Chromium.
pub fn ensure_headless_browser() -> Result<PathBuf> {
    if let Some(chosen) = chosen("CHROME")? {
        return Ok(chosen);
    }
    let (shell, browser) = (Path::new(DEBIANS_SHELL), Path::new(DEBIANS_BROWSER));
    if shell.is_file() {
        return Ok(shell.to_owned());
    }
    match apt::install(&PACKAGES) {
        Ok(()) if shell.is_file() => return Ok(shell.to_owned()),
        Ok(()) => announce("the packages came without the headless shell: the whole Chromium is slower, and does too"),
        Err(error) => {
            announce(format!("the whole Chromium is slower than its headless shell, and does too: {error:#}"))
        }
    }
    ensure!(browser.is_file(), "the browser tests need Chromium or Chrome: set CHROME to its path");
    Ok(browser.to_owned())
}

/// The path of a browser that keeps a page that was left, as the headless shell does not: `CHROME`, or Debian's Chromium.
pub fn ensure_whole_browser() -> Result<PathBuf> {
    if let Some(chosen) = chosen("CHROME")? {
        return Ok(chosen);
    }
    let browser = Path::new(DEBIANS_BROWSER);
    ensure!(browser.is_file(), "the browser tests need Chromium or Chrome: set CHROME to its path");
    Ok(browser.to_owned())
}

fn chosen(variable: &str) -> Result<Option<PathBuf>> {
    let chosen = env::var_os(variable).map(PathBuf::from);
    if let Some(path) = &chosen {
        ensure!(path.is_file(), "{variable} names {}, where no file is", path.display());
    }
    Ok(chosen)
}
