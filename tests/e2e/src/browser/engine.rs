//! The browser engine that a test run uses.

use std::env;
use std::fmt;

use anyhow::{Result, bail};

/// A browser engine. `cargo xtask test e2e --browser NAME` chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, over chromedriver and the DevTools protocol.
    Chromium,
    /// Firefox, over geckodriver, which also runs scripts in the browser itself.
    Firefox,
    /// WebKitGTK's MiniBrowser, over WebKitWebDriver, which knows the standard commands alone.
    WebKit,
}

impl Engine {
    /// The engine that `YEW_AUTH_E2E_ENGINE` names; Chromium if it is not set.
    pub(crate) fn of_this_run() -> Result<Self> {
        match env::var("YEW_AUTH_E2E_ENGINE").as_deref() {
            Ok("chromium") | Err(env::VarError::NotPresent) => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok("webkit") => Ok(Self::WebKit),
            other => bail!("YEW_AUTH_E2E_ENGINE is {other:?}, not chromium, firefox or webkit"),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}
