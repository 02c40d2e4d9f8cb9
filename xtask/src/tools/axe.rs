//! axe-core, which looks for what keeps people from using a page.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::npm;
use crate::project::Project;

const VERSION: &str = "4.14.1";
const FOLDER: &str = "axe";
const PACKAGE: &str = "axe-core";

/// The path of its script, installed if it is missing.
pub fn ensure(project: &Project) -> Result<PathBuf> {
    let script = npm::package(project, FOLDER, PACKAGE).join("axe.min.js");
    if !is_installed(project) {
        npm::install(project, FOLDER, PACKAGE, VERSION, "axe-core, which checks the pages, comes from npm")?;
        ensure!(is_installed(project), "axe-core {VERSION} came without its script");
    }
    Ok(script)
}

/// The script's first line names its version.
fn is_installed(project: &Project) -> bool {
    let script = npm::package(project, FOLDER, PACKAGE).join("axe.min.js");
    fs::read_to_string(script).is_ok_and(|text| text.lines().next().is_some_and(|line| line.contains(VERSION)))
}
