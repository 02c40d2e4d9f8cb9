//! Bind: wasm-bindgen writes the script that connects the module with the browser.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::run;
use crate::project::Project;

/// The names of what wasm-bindgen writes begin with this; `load_lazy.js` imports the script.
const NAME: &str = "app";

pub struct Bound {
    pub module: PathBuf,
    pub script: PathBuf,
}

pub fn bind(project: &Project, module: &Path, work: &Path) -> Result<Bound> {
    let mut bindgen = project.tool("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--omit-default-module-path", "--no-demangle"]);
    // Among the linker's exports is the table of functions through which the two modules call each other.
    bindgen.args(["--keep-lld-exports", "--out-name", NAME, "--out-dir"]).arg(work).arg(module);
    run(&mut bindgen)?;
    Ok(Bound { module: work.join(format!("{NAME}_bg.wasm")), script: work.join(format!("{NAME}.js")) })
}
