//! esbuild, which makes the scripts and styles of a release small.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::npm;
use crate::command::version_of;
use crate::project::Project;

const VERSION: &str = "0.28.2";
const FOLDER: &str = "esbuild";
const PACKAGE: &str = "esbuild";

/// Installs it if it is missing.
pub fn ensure(project: &Project) -> Result<()> {
    if !is_installed(project) {
        npm::install(project, FOLDER, PACKAGE, VERSION, "esbuild, which makes scripts small, comes from npm")?;
        ensure!(is_installed(project), "esbuild {VERSION} does not run; is Node.js recent enough (18)?");
    }
    Ok(())
}

pub fn program(project: &Project) -> PathBuf {
    npm::package(project, FOLDER, PACKAGE).join("bin/esbuild")
}

fn is_installed(project: &Project) -> bool {
    version_of(&program(project)).as_deref() == Some(VERSION)
}
