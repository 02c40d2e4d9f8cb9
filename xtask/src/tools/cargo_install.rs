//! The tools that Cargo installs, compiled on this machine.

use std::borrow::Cow;
use std::fs;

use anyhow::{Context, Result};

use super::cargo_lock;
use crate::command::{announce, run, version_of};
use crate::project::Project;

/// A package of Cargo's registry whose program has the package's own version.
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: Cow<'static, str>,
    flags: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    duration: &'static str,
}

/// It declares a newer Rust than it needs, and has to be given one feature for TLS.
pub const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: Cow::Borrowed("0.22.1"),
    flags: &["--locked", "--no-default-features", "--features", "rustls", "--ignore-rust-version"],
    environment: &[],
    duration: "about 8 minutes on two cores",
};

/// wasm-bindgen's program in the version of the library: any other refuses to work with it.
/// Not `--locked`: its lock file names a package that was taken back.
pub fn wasm_bindgen(project: &Project) -> Result<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: cargo_lock::version_of(project, "wasm-bindgen")?.into(),
        flags: &[],
        environment: &[("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback")],
        duration: "about 2 minutes on two cores",
    })
}

/// These tools run for seconds: compiling them quickly matters more than their speed.
const QUICK_RELEASE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

/// Installs those of `tools` whose wanted version is not there.
pub fn ensure(project: &Project, tools: &[CargoTool]) -> Result<()> {
    let missing: Vec<_> = tools.iter().filter(|tool| !tool.is_installed(project)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let build = project.tools().join("build");
    for tool in missing {
        announce(format!("installing {} {} ({}, once)", tool.package, tool.version, tool.duration));
        let installed = run(project
            .cargo()
            .args(["install", tool.package, "--version", &tool.version, "--root"])
            .arg(project.tools())
            .args(tool.flags)
            .envs(QUICK_RELEASE)
            .envs(tool.environment.iter().copied())
            .env("CARGO_TARGET_DIR", &build));
        installed.with_context(|| format!("{} could not be installed by Cargo; try again", tool.package))?;
    }
    // Gigabytes that nothing needs any more.
    fs::remove_dir_all(&build).with_context(|| format!("{} could not be deleted", build.display()))
}

impl CargoTool {
    fn is_installed(&self, project: &Project) -> bool {
        version_of(&project.tools_bin().join(self.program)).is_some_and(|version| version == self.version)
    }
}
