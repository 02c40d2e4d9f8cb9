//! Lighthouse, which marks pages.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::npm;
use crate::project::Project;

/// The last for the Node.js of Debian stable.
const VERSION: &str = "12.8.2";
const FOLDER: &str = "lighthouse";
const PACKAGE: &str = "lighthouse";

/// The path of its command, for Node.js, installed if it is missing.
pub fn ensure(project: &Project) -> Result<PathBuf> {
    if !is_installed(project) {
        npm::install(project, FOLDER, PACKAGE, VERSION, "lighthouse, which marks the pages, comes from npm")?;
        ensure!(is_installed(project), "lighthouse {VERSION} came without its package.json");
    }
    Ok(npm::package(project, FOLDER, PACKAGE).join("cli/index.js"))
}

fn is_installed(project: &Project) -> bool {
    let manifest = npm::package(project, FOLDER, PACKAGE).join("package.json");
    fs::read_to_string(manifest).is_ok_and(|text| text.contains(&format!("\"version\": \"{VERSION}\"")))
}
