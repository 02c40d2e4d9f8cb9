//! What others get of the two crates: what they depend on, whether they can be published, and whether an app outside the
//! workspace builds with them.

mod dependencies;
pub mod scratch_app;

use anyhow::Result;

use crate::command::run;
use crate::project::Project;
use crate::tools::rust::{self, WASM_TARGET};

/// The packages that are for others.
pub const PUBLISHED: [&str; 2] = ["yew-auth-session", "yew-auth"];

pub fn check(project: &Project) -> Result<()> {
    rust::ensure_wasm_target(project)?;
    dependencies::check(project)?;
    pack(project)?;
    scratch_app::build(project)
}

/// Packs both at once and compiles what was packed: each finds the other there, before either is published.
fn pack(project: &Project) -> Result<()> {
    let mut cargo = project.cargo();
    // What is not committed yet is to be tested before it is.
    cargo.args(["package", "--allow-dirty", "--target", WASM_TARGET, "--target-dir"]).arg(project.target());
    for package in PUBLISHED {
        cargo.args(["--package", package]);
    }
    run(&mut cargo)
}
