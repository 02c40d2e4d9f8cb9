//! WebKitGTK's MiniBrowser, started by WebKitWebDriver for each test on a display of its own (Xvfb).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;
use thirtyfour::Capabilities;

use crate::machine::Environment;

/// The style of the browser's own bars. Their buttons would keep the window wider than a phone. Pages do not see it.
const STYLE: &str =
    "* { min-width: 0; min-height: 0; padding: 0; margin: 0; font-size: 1px; -gtk-icon-transform: scale(0.01); }";

pub(crate) fn capabilities(environment: &Environment) -> Result<Capabilities> {
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "MiniBrowser")?;
    let options = json!({"binary": environment.browser, "args": ["--automation"]});
    capabilities.set("webkitgtk:browserOptions", options)?;
    Ok(capabilities)
}

/// Writes the settings of GTK into this folder. Returns the folder of settings that the browser looks in.
pub(crate) fn write_settings(folder: &Path) -> Result<PathBuf> {
    let settings = folder.join("settings");
    fs::create_dir_all(settings.join("gtk-3.0"))?;
    fs::write(settings.join("gtk-3.0/gtk.css"), STYLE)?;
    Ok(settings)
}
