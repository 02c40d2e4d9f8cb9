//! The headless browser of the tests, and the driver that steers it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::apt;

/// Where Debian's chromium-driver puts it. It finds the Chromium of the same package by itself.
const DEBIANS_DRIVER: &str = "/usr/bin/chromedriver";
const DEBIANS_BROWSER: &str = "/usr/bin/chromium";

/// The path of a chromedriver: `CHROMEDRIVER`, or Debian's, installed if it is missing.
pub fn ensure_chromedriver() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMEDRIVER").map(PathBuf::from) {
        ensure!(chosen.is_file(), "CHROMEDRIVER names {}, where no file is", chosen.display());
        return Ok(chosen);
    }
    let driver = Path::new(DEBIANS_DRIVER);
    if !driver.is_file() || !Path::new(DEBIANS_BROWSER).is_file() {
        apt::install(&["chromium", "chromium-driver"])
            .and_then(|()| {
                ensure!(driver.is_file(), "the packages came without {DEBIANS_DRIVER}");
                Ok(())
            })
            .context(
                "the browser tests need Chromium or Chrome with its chromedriver: install both, \
             then set CHROMEDRIVER (and CHROME, if the driver does not find the browser) to their paths",
            )?;
    }
    Ok(driver.to_owned())
}
