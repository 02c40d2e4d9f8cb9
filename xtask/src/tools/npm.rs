//! Packages of npm, each in a folder of its own: an installation removes what else it finds in its folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::command::{announce, answer, run};
use crate::project::Project;

/// Installs a package below `target/tools/<folder>`, and Node.js with it when that is missing; `need` says what for.
pub fn install(project: &Project, folder: &str, package: &str, version: &str, need: &'static str) -> Result<()> {
    ensure(need)?;
    announce(format!("installing {package} {version} (seconds, once)"));
    let folder = project.tools().join(folder);
    fs::create_dir_all(&folder)?;
    run(project
        .command("npm")
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"])
        .arg("--prefix")
        .arg(&folder)
        .arg(format!("{package}@{version}")))
    .with_context(|| format!("{package} could not be installed from npm; try again"))
}

/// Makes sure that there is npm; `need` says what for.
pub fn ensure(need: &'static str) -> Result<()> {
    if answer(Command::new("npm").arg("--version")).is_none() {
        apt::install(&["nodejs", "npm"]).context(need)?;
    }
    Ok(())
}

/// Where a package's files are.
pub fn package(project: &Project, folder: &str, package: &str) -> PathBuf {
    project.tools().join(folder).join("node_modules").join(Path::new(package))
}
