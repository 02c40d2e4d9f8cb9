//! An app outside the workspace, as a user of the library has one: `tests/scratch-app`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::run;
use crate::project::Project;
use crate::tools::cargo_tools;
use crate::tools::rust::{self, WASM_TARGET};

const FOLDER: &str = "tests/scratch-app";
const PROGRAM: &str = "scratch-app";
/// How its Cargo.toml names the version of wasm-bindgen.
const PIN: &str = "wasm-bindgen = \"=";
/// What a server needs besides the program.
const SERVED: [&str; 3] = ["tests/scratch-app/index.html", "tests/scratch-app/start.js", "static/favicon.svg"];

/// Compiles it with the wasm-bindgen that its Cargo.toml names, which is another than ours.
pub fn build(project: &Project) -> Result<()> {
    compile(project, &project.root().join(FOLDER)).map(drop)
}

/// Builds it with our wasm-bindgen, which connects it with the browser, into a folder for a server.
pub fn build_to_serve(project: &Project) -> Result<PathBuf> {
    rust::ensure_wasm_target(project)?;
    let bindgen = cargo_tools::wasm_bindgen(project)?;
    let version = bindgen.version().to_owned();
    cargo_tools::ensure(project, &[bindgen])?;

    let copy = target(project).join("copy");
    let source = project.root().join(FOLDER);
    let manifest = fs::read_to_string(source.join("Cargo.toml")).context("the scratch app has no Cargo.toml")?;
    let manifest = with_wasm_bindgen(&manifest, &version, project.root()).context("its Cargo.toml has no pin")?;
    fs::create_dir_all(copy.join("src"))?;
    fs::copy(source.join("src/main.rs"), copy.join("src/main.rs"))?;
    fs::write(copy.join("Cargo.toml"), manifest)?;
    let program = compile(project, &copy)?;

    let dist = target(project).join("dist");
    fs::create_dir_all(&dist)?;
    let mut bindgen = project.tool("wasm-bindgen");
    run(bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&dist).arg(program))?;
    for path in SERVED.map(Path::new) {
        fs::copy(project.root().join(path), dist.join(path.file_name().context("a file has a name")?))?;
    }
    Ok(dist)
}

fn compile(project: &Project, folder: &Path) -> Result<PathBuf> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--target", WASM_TARGET, "--target-dir"]).arg(target(project));
    run(cargo.arg("--manifest-path").arg(folder.join("Cargo.toml")))?;
    Ok(target(project).join(WASM_TARGET).join("debug").join(PROGRAM).with_extension("wasm"))
}

fn target(project: &Project) -> PathBuf {
    project.target().join("scratch-app")
}

/// The manifest for a copy elsewhere, with another version of wasm-bindgen.
fn with_wasm_bindgen(manifest: &str, version: &str, root: &Path) -> Option<String> {
    let (before, rest) = manifest.split_once(PIN)?;
    let (_, after) = rest.split_once('"')?;
    let manifest = format!("{before}{PIN}{version}\"{after}");
    Some(manifest.replace("../../crates", &root.join("crates").display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_another_wasm_bindgen_and_finds_the_library() {
        let manifest = "[dependencies]\nwasm-bindgen = \"=0.2.1\"\nyew-auth = { path = \"../../crates/yew-auth\" }\n";
        let expected = "[dependencies]\nwasm-bindgen = \"=0.2.130\"\nyew-auth = { path = \"/root/crates/yew-auth\" }\n";
        assert_eq!(with_wasm_bindgen(manifest, "0.2.130", Path::new("/root")).as_deref(), Some(expected));
    }

    #[test]
    fn the_app_of_the_repository_insists_on_another_wasm_bindgen_than_ours() {
        let project = Project::locate().expect("run by cargo");
        let ours = cargo_tools::wasm_bindgen(&project).expect("Cargo.lock names it");
        let manifest = include_str!("../../../tests/scratch-app/Cargo.toml");
        assert!(manifest.contains(PIN) && !manifest.contains(&format!("{PIN}{}\"", ours.version())));
    }
}
