//! What the project needs beside its own code: each tool in the one version that is pinned here, put into
//! `target/tools` when it is not there yet, and taken from nowhere else.

pub mod apt;
pub mod axe;
pub mod binaryen;
pub mod browser;
mod cargo_lock;
pub mod cargo_tools;
pub mod engines;
pub mod esbuild;
pub mod lighthouse;
pub mod loopback_server;
pub mod nginx;
pub mod node;
mod npm;
pub mod postgresql;
pub mod python;
pub mod redis;
pub mod rust;

use anyhow::Result;

use crate::command::run;
use crate::project::Project;

/// What building the app for development takes.
pub fn ensure_app_tools(project: &Project) -> Result<()> {
    rust::ensure_wasm_target(project)?;
    cargo_tools::ensure(project, &[cargo_tools::wasm_bindgen(project)?, cargo_tools::TRUNK])
}

/// What a release takes; after this it needs no network.
pub fn ensure_release_tools(project: &Project) -> Result<()> {
    rust::ensure_wasm_target(project)?;
    cargo_tools::ensure(project, &[cargo_tools::wasm_bindgen(project)?])?;
    binaryen::ensure(project)?;
    esbuild::ensure(project)?;
    run(project.cargo().args(["fetch", "--locked"]))
}
