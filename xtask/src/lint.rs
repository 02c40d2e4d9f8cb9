//! `lint`: everything that can be said about the code without running it.

mod audit;
mod file_length;

use anyhow::Result;

use crate::command::run as run_command;
use crate::package::PUBLISHED;
use crate::project::Project;
use crate::tools::{python::Venv, rust};

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Packages with a workspace of their own.
const FUZZ: &str = "fuzz/Cargo.toml";
const SCRATCH_APP: &str = "tests/scratch-app/Cargo.toml";

/// The folders with Python in them.
const PYTHON: [&str; 4] = ["backend", "benches/load", "examples", "tests/contract/servers"];

/// What is compiled for browsers, each as it is used there.
const IN_BROWSERS: [&[&str]; 7] = [
    &["--package=yew-auth-app"],
    &["--package=yew-auth-app", "--features=split"],
    &["--package=yew-auth-app", "--features=bearer,faults"],
    &["--package=yew-auth-session", "--lib", "--all-features"],
    &["--package=yew-auth", "--lib", "--test=browser"],
    &["--package=yew-auth", "--lib", "--all-features"],
    &[
        "--package=contract-page",
        "--package=example-stock-dj-rest-auth",
        "--package=example-simplejwt",
        "--package=example-allauth-headless",
        "--package=example-axum",
    ],
];

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    lint(project)
}

pub fn lint(project: &Project) -> Result<()> {
    rust::ensure_lint_components(project)?;
    rust::ensure_wasm_target(project)?;
    file_length::lint(project)?;
    lint_format(project)?;
    lint_rust(project)?;
    audit::rust(project)?;
    lint_documentation(project)?;
    lint_python(project, &Venv::ensure(project)?)
}

fn lint_format(project: &Project) -> Result<()> {
    run_command(project.cargo().args(["fmt", "--all", "--check"]))?;
    for manifest in [FUZZ, SCRATCH_APP] {
        run_command(project.cargo().args(["fmt", "--check", "--manifest-path", manifest]))?;
    }
    Ok(())
}

fn lint_rust(project: &Project) -> Result<()> {
    run_command(project.cargo().args(["clippy", "--workspace", "--all-targets"]).args(DENY_WARNINGS))?;
    for what in IN_BROWSERS {
        let mut clippy = project.cargo();
        clippy.args(["clippy", "--target", rust::WASM_TARGET]);
        run_command(clippy.args(what).args(DENY_WARNINGS))?;
    }
    let mut fuzz = project.cargo();
    let target = project.target().join("fuzz");
    // Nothing is linked, so libFuzzer itself, which takes a C++ compiler, need not be built or be there.
    fuzz.env("CUSTOM_LIBFUZZER_PATH", target.join("libfuzzer.a"));
    run_command(fuzz.args(["clippy", "--manifest-path", FUZZ, "--target-dir"]).arg(target).args(DENY_WARNINGS))
}

fn lint_documentation(project: &Project) -> Result<()> {
    let mut documentation = project.cargo();
    documentation.args(["doc", "--no-deps", "--all-features"]);
    documentation.args(PUBLISHED.map(|package| format!("--package={package}")));
    run_command(documentation.env("RUSTDOCFLAGS", "-D warnings"))
}

fn lint_python(project: &Project, venv: &Venv) -> Result<()> {
    let folders = PYTHON.map(|folder| project.root().join(folder));
    run_command(venv.command().args(["-m", "ruff", "check"]).args(&folders))?;
    run_command(venv.command().args(["-m", "ruff", "format", "--check"]).args(&folders))?;
    audit::python(venv)
}
