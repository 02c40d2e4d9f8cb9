//! The parts of the Rust toolchain that rustup adds.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{announce, answer, run};
use crate::project::Project;

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

pub fn ensure_wasm_target(project: &Project) -> Result<()> {
    let sysroot = answer(project.command("rustc").args(["--print", "sysroot"])).context("rustc does not answer")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    announce(format!("installing Rust's {WASM_TARGET} target (seconds, once)"));
    run(project.command("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| format!("the target {WASM_TARGET} is missing: install Rust by rustup, or add the target"))
}

/// rustfmt and clippy, which a minimal toolchain lacks.
pub fn ensure_lint_components(project: &Project) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if answer(project.cargo().args([subcommand, "--version"])).is_none() {
            announce(format!("installing {component} (seconds, once)"));
            run(project.command("rustup").args(["component", "add", component]))
                .with_context(|| format!("{component} is missing: install Rust by rustup, or add the component"))?;
        }
    }
    Ok(())
}
