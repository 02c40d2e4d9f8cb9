//! wasm-opt, from npm's binaryen: Debian's is too old for what rustc emits today.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;

use anyhow::{Context, Result, ensure};

use super::npm;
use crate::command::version_of;
use crate::project::Project;

/// The npm package's version. The program names the first number only.
const VERSION: &str = "132.0.0";

pub fn ensure(project: &Project) -> Result<()> {
    if is_installed(project) {
        return Ok(());
    }
    let need = "wasm-opt, which shrinks the release build, is a program for Node.js: install Node.js with npm";
    npm::install(project, "npm", "binaryen", VERSION, need)?;
    link(project)?;
    ensure!(is_installed(project), "wasm-opt of binaryen {VERSION} does not run; is Node.js recent enough (18)?");
    Ok(())
}

fn is_installed(project: &Project) -> bool {
    version_of(&project.tools_bin().join("wasm-opt")).as_deref() == Some(program_version())
}

fn link(project: &Project) -> Result<()> {
    fs::create_dir_all(project.tools_bin())?;
    let link = project.tools_bin().join("wasm-opt");
    match fs::remove_file(&link) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    symlink("../npm/node_modules/.bin/wasm-opt", &link)
        .with_context(|| format!("{} could not be linked", link.display()))
}

fn program_version() -> &'static str {
    VERSION.split_once('.').map_or(VERSION, |(major, _)| major)
}
