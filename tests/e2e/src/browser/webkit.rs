//! WebKitGTK's MiniBrowser, started by WebKitWebDriver for each test. The run has a display of its own (Xvfb).

use anyhow::Result;
use serde_json::json;
use thirtyfour::Capabilities;

use crate::machine::Environment;

pub(crate) fn capabilities(environment: &Environment) -> Result<Capabilities> {
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "MiniBrowser")?;
    let options = json!({"binary": environment.browser, "args": ["--automation"]});
    capabilities.set("webkitgtk:browserOptions", options)?;
    Ok(capabilities)
}
