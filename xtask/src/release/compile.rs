//! Compile: Cargo makes one WebAssembly module of the app.

use std::path::PathBuf;

use anyhow::Result;

use super::machine_paths;
use crate::command::run;
use crate::project::Project;
use crate::tools::rust::WASM_TARGET;

const PROGRAM: &str = "yew-auth-app";

/// The app's feature that marks what goes into the second module.
const SPLIT: &str = "split";

/// The cut has to know which function calls which, and the linker writes that down only when it is asked to.
const KEEP_RELOCATIONS: &str = "-Clink-arg=--emit-relocs";

/// Compiles with these features of the app, from exactly what Cargo.lock names and without the network.
pub fn compile(project: &Project, features: &[&str]) -> Result<PathBuf> {
    let features = [features, &[SPLIT]].concat().join(",");
    let mut flags = machine_paths::remapped(project);
    flags.push(KEEP_RELOCATIONS.to_owned());
    let mut cargo = project.cargo();
    cargo.args(["build", "--release", "--locked", "--offline", "--target", WASM_TARGET]);
    cargo.args(["--bin", PROGRAM, "--features", &features, "--target-dir"]).arg(project.target());
    // With `--target`, these flags reach the app alone, and no build script.
    run(cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))?;
    Ok(project.target().join(WASM_TARGET).join("release").join(PROGRAM).with_extension("wasm"))
}
