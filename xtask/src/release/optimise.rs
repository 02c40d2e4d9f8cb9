//! Optimise: wasm-opt makes a module smaller.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::output;
use crate::project::Project;

/// Without `-g`, so that the names of functions are left out; the map of functions keeps them.
const FLAGS: [&str; 4] = ["-Os", "--strip-producers", "--strip-target-features", "--print-function-map"];

pub struct Optimised {
    pub module: Vec<u8>,
    /// `<number>:<name>`, one line a function.
    pub function_map: String,
}

pub fn optimise(project: &Project, module: &Path) -> Result<Optimised> {
    let optimised = module.with_extension("optimised.wasm");
    let function_map = output(project.tool("wasm-opt").args(FLAGS).arg(module).arg("-o").arg(&optimised))?;
    let module = fs::read(&optimised).with_context(|| format!("{} could not be read", optimised.display()))?;
    Ok(Optimised { module, function_map })
}
