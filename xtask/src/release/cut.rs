//! Cut: the one module becomes two, what the first page needs and what it can wait for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

/// What the app calls the second module: the first argument of its `wasm_split`.
const NAME: &str = "lazy";

/// The script that the first module imports to load the second.
const LOADER: &str = "./load_lazy.js";

/// What takes the place of the script that the library writes. That one knows neither the name under which the module is
/// served nor its integrity, and would wait for ever on a connection that has gone silent.
const LOADER_SCRIPT: &str = include_str!("load_lazy.js");

pub struct Modules {
    pub main: PathBuf,
    pub lazy: PathBuf,
}

/// Cuts the module at `compiled` along the app's `wasm_split`.
pub fn cut(compiled: &Path, work: &Path) -> Result<Modules> {
    let whole = fs::read(compiled).with_context(|| format!("{} could not be read", compiled.display()))?;
    let modules = Modules { main: work.join("main.wasm"), lazy: work.join(format!("split_{NAME}.wasm")) };
    let mut options = Options::new(&whole);
    options.output_dir = work;
    options.main_out_path = &modules.main;
    options.link_name = LOADER;
    let made = transform(options).map_err(|report| anyhow!("the app could not be cut in two: {report:#}"))?;
    ensure!(made.split_modules == [modules.lazy.as_path()], "expected one second module, not {:?}", made.split_modules);
    fs::write(work.join(LOADER), LOADER_SCRIPT)?;
    Ok(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_exports_what_the_first_module_imports() {
        assert!(LOADER_SCRIPT.contains(&format!("export async function __wasm_split_load_{NAME}(")));
    }
}
