//! What others get of the two crates: what they depend on, whether they can be published, and whether an app outside the
//! workspace builds with them.

mod dependencies;
pub mod scratch_app;

use std::fs;

use anyhow::{Context, Result};

use crate::cargo_home::{cargo_home, registry_sources};
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
    forget_unpacked(project)?;
    let mut cargo = project.cargo();
    // What is not committed yet is to be tested before it is.
    cargo.args(["package", "--allow-dirty", "--target", WASM_TARGET, "--target-dir"]).arg(project.target());
    for package in PUBLISHED {
        cargo.args(["--package", package]);
    }
    run(&mut cargo)
}

/// Cargo unpacks and compiles each version of a package once. Ours keeps its version while it changes, so what is left of the
/// last run must go.
fn forget_unpacked(project: &Project) -> Result<()> {
    let unpacked = registry_sources(&cargo_home().context("there is no home folder")?);
    let compiled = project.target().join(WASM_TARGET).join("debug/.fingerprint");
    for folder in unpacked.into_iter().chain([compiled]) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(PUBLISHED[0]) {
                fs::remove_dir_all(entry.path())
                    .with_context(|| format!("{} could not be removed", entry.path().display()))?;
            }
        }
    }
    Ok(())
}
