//! What others get of the two crates: what they depend on, whether they can be published, and whether an app outside the
//! workspace builds with them.

mod dependencies;

use anyhow::Result;

use crate::command::run;
use crate::project::Project;
use crate::tools::rust::{self, WASM_TARGET};

/// The packages that are for others.
pub const PUBLISHED: [&str; 2] = ["yew-auth-session", "yew-auth"];

const SCRATCH_APP: &str = "tests/scratch-app/Cargo.toml";

pub fn check(project: &Project) -> Result<()> {
    rust::ensure_wasm_target(project)?;
    dependencies::check(project)?;
    pack(project)?;
    build_scratch_app(project)
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

/// Its wasm-bindgen is another than ours, see its Cargo.toml.
fn build_scratch_app(project: &Project) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--manifest-path", SCRATCH_APP, "--target", WASM_TARGET, "--target-dir"]);
    run(cargo.arg(project.target().join("scratch-app")))
}
