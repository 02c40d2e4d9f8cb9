//! `lint`: everything that can be said about the code without running it.

use anyhow::Result;

use crate::command::run as run_command;
use crate::project::Project;
use crate::tools::{python::Venv, rust};

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    lint(project)
}

pub fn lint(project: &Project) -> Result<()> {
    rust::ensure_lint_components(project)?;
    rust::ensure_wasm_target(project)?;
    run_command(project.cargo().args(["fmt", "--all", "--check"]))?;
    run_command(project.cargo().args(["clippy", "--workspace", "--all-targets"]).args(DENY_WARNINGS))?;
    // The library is for browsers: what is compiled only there is linted only there.
    for what in [
        ["--package=yew-auth-app", "--bins"].as_slice(),
        &["--package=yew-auth-app", "--bins", "--features=split"],
        &["--package=yew-auth", "--lib", "--test=browser"],
        &["--package=yew-auth", "--lib", "--features=faults"],
    ] {
        let mut clippy = project.cargo();
        clippy.args(["clippy", "--target", rust::WASM_TARGET]);
        run_command(clippy.args(what).args(DENY_WARNINGS))?;
    }
    let mut documentation = project.cargo();
    documentation.args(["doc", "--package=yew-auth-session", "--package=yew-auth", "--no-deps", "--all-features"]);
    run_command(documentation.env("RUSTDOCFLAGS", "-D warnings"))?;

    let venv = Venv::ensure(project)?;
    run_command(venv.command().args(["-m", "ruff", "check", "."]))?;
    run_command(venv.command().args(["-m", "ruff", "format", "--check", "."]))
}
