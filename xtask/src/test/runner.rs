//! The commands that run tests, and what they are told.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::tools::engines::Engine;

/// `cargo`, on a display of its own where the engine needs one.
pub fn cargo_on_display(project: &Project, engine: Engine) -> Command {
    match engine.display() {
        [] => project.cargo(),
        [program, arguments @ ..] => {
            let mut command = project.command(program);
            command.args(arguments).arg("cargo");
            command
        }
    }
}

/// Tells the tests which browser they start, and gives them an empty folder for its state and theirs.
pub fn set_browser(command: &mut Command, project: &Project, engine: Engine, state: &Path) -> Result<()> {
    let programs = engine.ensure(project)?;
    if state.exists() {
        fs::remove_dir_all(state).with_context(|| format!("{} could not be emptied", state.display()))?;
    }
    fs::create_dir_all(state)?;
    command.env("YEW_AUTH_E2E_STATE", state).env("YEW_AUTH_E2E_ENGINE", engine.name());
    command.env("YEW_AUTH_E2E_DRIVER", programs.driver).env("YEW_AUTH_E2E_BROWSER", programs.browser);
    command.env("YEW_AUTH_E2E_FULL_BROWSER", programs.full_browser);
    Ok(())
}

/// Sets how many tests run at once, unless `RUST_TEST_THREADS` does.
pub fn set_parallel_tests(command: &mut Command, count: &str) {
    if env::var_os("RUST_TEST_THREADS").is_none() {
        command.env("RUST_TEST_THREADS", count);
    }
}

/// Gives the test program its own arguments.
pub fn hand_on<'c>(command: &'c mut Command, runner_arguments: &[String]) -> &'c mut Command {
    if !runner_arguments.is_empty() {
        command.arg("--").args(runner_arguments);
    }
    command
}
