//! A headless Firefox, started by geckodriver for each test.

use anyhow::{Context, Result};
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::{DesiredCapabilities, FirefoxCapabilities};

use super::privacy::Privacy;
use crate::machine::Environment;

/// Lets tests run scripts in the browser itself, not only in its pages.
pub(crate) const DRIVER_ARGUMENT: &str = "--allow-system-access";

pub(crate) fn capabilities(environment: &Environment) -> Result<FirefoxCapabilities> {
    let mut capabilities = DesiredCapabilities::firefox();
    capabilities.set_firefox_binary(environment.browser.to_str().context("the browser's path is not Unicode")?)?;
    for argument in ["-headless", "-width=1000", "-height=800"] {
        capabilities.add_arg(argument)?;
    }
    let mut preferences = FirefoxPreferences::new();
    // A background tab would delay timers up to a second, which Chromium's switches turn off as well.
    preferences.set("dom.min_background_timeout_value", 4)?;
    match environment.privacy {
        Privacy::Usual => {}
        // All of them, with all other storage.
        Privacy::CookiesBlocked => preferences.set("network.cookie.cookieBehavior", 2)?,
        Privacy::PrivateWindow => preferences.set("browser.privatebrowsing.autostart", true)?,
    }
    capabilities.set_preferences(preferences)?;
    Ok(capabilities)
}
