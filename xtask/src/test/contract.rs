//! The contract tests: apps in a browser, on unmodified backends.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::runner::{hand_on, set_browser, set_parallel_tests};
use crate::command::run as run_command;
use crate::project::Project;
use crate::tools::rust::{self, WASM_TARGET};
use crate::tools::{cargo_tools, engines::Engine, python};

const FOLDER: &str = "tests/contract";
const AXUM_SERVER: &str = "example-axum-server";
/// The packages of the apps, and the folders that they are served from.
const APPS: [(&str, &str); 5] = [
    ("contract-page", "page"),
    ("example-stock-dj-rest-auth", "stock-dj-rest-auth"),
    ("example-simplejwt", "simplejwt"),
    ("example-allauth-headless", "allauth-headless"),
    ("example-axum", "axum"),
];
/// Most of a test is waiting for tokens to expire.
const PARALLEL_TESTS: &str = "8";

pub fn run(project: &Project, runner_arguments: &[String]) -> Result<()> {
    let folder = project.target().join("contract");
    let lock = project.root().join(FOLDER).join("servers/requirements.lock");
    let python = python::ensure_packages(project, &lock, &folder.join("venv"))?;
    let apps = build_apps(project, &folder.join("apps"))?;
    run_command(project.cargo().args(["build", "--package", AXUM_SERVER]))?;

    let mut command = project.cargo();
    command.args(["test", "--package", "contract", "--no-fail-fast"]);
    set_browser(&mut command, project, Engine::Chromium, &folder.join("state"))?;
    command.env("YEW_AUTH_CONTRACT_PYTHON", python).env("YEW_AUTH_CONTRACT_APPS", apps);
    command.env("YEW_AUTH_CONTRACT_AXUM", project.target().join("debug").join(AXUM_SERVER));
    set_parallel_tests(&mut command, PARALLEL_TESTS);
    run_command(hand_on(&mut command, runner_arguments))
}

/// Builds the apps, each into a folder for the tests' server.
fn build_apps(project: &Project, folder: &Path) -> Result<PathBuf> {
    rust::ensure_wasm_target(project)?;
    cargo_tools::ensure(project, &[cargo_tools::wasm_bindgen(project)?])?;
    let mut cargo = project.cargo();
    cargo.args(["build", "--target", WASM_TARGET]);
    run_command(cargo.args(APPS.map(|(package, _)| format!("--package={package}"))))?;
    let page = project.root().join(FOLDER).join("page");
    for (package, name) in APPS {
        let module = project.target().join(WASM_TARGET).join("debug").join(package).with_extension("wasm");
        let app = folder.join(name);
        let mut bindgen = project.tool("wasm-bindgen");
        bindgen.args(["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir"]);
        run_command(bindgen.arg(&app).arg(module))?;
        fs::copy(page.join("served.html"), app.join("index.html"))?;
        fs::copy(page.join("start.js"), app.join("start.js"))?;
    }
    Ok(folder.to_owned())
}
