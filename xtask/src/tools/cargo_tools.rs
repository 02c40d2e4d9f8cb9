//! The tools of Cargo's registry, each in exactly the version that is pinned: the one that is installed on this machine,
//! else one that `cargo binstall` fetches, else one that Cargo compiles here.

use std::borrow::Cow;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::cargo_lock;
use crate::command::{announce, answer, run, version_of};
use crate::project::Project;

/// A package of Cargo's registry whose programs have the package's own version.
pub struct CargoTool {
    package: &'static str,
    programs: &'static [&'static str],
    version: Cow<'static, str>,
    flags: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    /// How long two cores take to compile it.
    minutes: u32,
}

/// It declares a newer Rust than it needs, and has to be given one feature for TLS.
pub const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    programs: &["trunk"],
    version: Cow::Borrowed("0.22.1"),
    flags: &["--locked", "--no-default-features", "--features", "rustls", "--ignore-rust-version"],
    environment: &[],
    minutes: 8,
};

/// The WebDriver server of Firefox.
pub const GECKODRIVER: CargoTool = CargoTool {
    package: "geckodriver",
    programs: &["geckodriver"],
    version: Cow::Borrowed("0.37.1"),
    flags: &["--locked"],
    environment: &[],
    minutes: 2,
};

/// wasm-bindgen's program in the version of the library: any other refuses to work with it.
/// Not `--locked`: its lock file names a package that was taken back.
pub fn wasm_bindgen(project: &Project) -> Result<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: cargo_lock::version_of(project, "wasm-bindgen")?.into(),
        flags: &[],
        environment: &[("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback")],
        minutes: 2,
    })
}

/// These tools run for seconds: compiling them quickly matters more than their speed.
const QUICK_RELEASE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

/// Has those of `tools` in the project's folder that are not there yet.
pub fn ensure(project: &Project, tools: &[CargoTool]) -> Result<()> {
    ensure_with(project, tools, &env::var_os("PATH").unwrap_or_default())
}

fn ensure_with(project: &Project, tools: &[CargoTool], search_path: &OsStr) -> Result<()> {
    let mut missing = Vec::new();
    for tool in tools.iter().filter(|tool| !tool.is_there(project)) {
        tool.forget_links(project)?;
        if !tool.link(project, search_path)? {
            missing.push(tool);
        }
    }
    if !missing.is_empty() && answer(project.cargo().args(["binstall", "-V"])).is_some() {
        missing.retain(|tool| tool.fetch(project).is_err());
    }
    if missing.is_empty() {
        return Ok(());
    }
    announce(plan(&missing));
    missing.iter().try_for_each(|tool| tool.compile(project))?;
    // Gigabytes that nothing needs any more.
    let build = build_folder(project);
    match build.exists() {
        true => fs::remove_dir_all(&build).with_context(|| format!("{} could not be deleted", build.display())),
        false => Ok(()),
    }
}

/// What is going to be compiled, and how long that takes.
fn plan(missing: &[&CargoTool]) -> String {
    let named: Vec<_> = missing.iter().map(|tool| format!("{} {}", tool.package, tool.version)).collect();
    let minutes: u32 = missing.iter().map(|tool| tool.minutes).sum();
    format!(
        "compiling {}, once: about {minutes} minutes on two cores (seconds where `cargo binstall` is installed)",
        named.join(" and ")
    )
}

fn build_folder(project: &Project) -> PathBuf {
    project.tools().join("build")
}

impl CargoTool {
    pub fn version(&self) -> &str {
        &self.version
    }

    fn is_there(&self, project: &Project) -> bool {
        self.programs.iter().all(|name| self.has_version(&project.tools_bin().join(name)))
    }

    fn has_version(&self, program: &Path) -> bool {
        version_of(program).is_some_and(|version| version == self.version)
    }

    /// Removes links to programs that have another version by now; Cargo replaces only what it has installed itself.
    fn forget_links(&self, project: &Project) -> Result<()> {
        for name in self.programs {
            let program = project.tools_bin().join(name);
            if program.is_symlink() {
                fs::remove_file(&program).with_context(|| format!("{} could not be deleted", program.display()))?;
            }
        }
        Ok(())
    }

    /// Links what is installed on this machine in the right version; whether all of it is.
    fn link(&self, project: &Project, search_path: &OsStr) -> Result<bool> {
        let find = |name: &&str| env::split_paths(search_path).map(|folder| folder.join(name)).find(|p| p.is_file());
        let found: Vec<_> = self.programs.iter().filter_map(find).filter(|program| self.has_version(program)).collect();
        if found.len() < self.programs.len() {
            return Ok(false);
        }
        fs::create_dir_all(project.tools_bin())?;
        for (name, program) in self.programs.iter().zip(found) {
            announce(format!("using the installed {}", program.display()));
            let link = project.tools_bin().join(name);
            if link.exists() {
                fs::remove_file(&link)?;
            }
            symlink(program, &link).with_context(|| format!("{} could not be linked", link.display()))?;
        }
        Ok(true)
    }

    fn fetch(&self, project: &Project) -> Result<()> {
        announce(format!("fetching {} {} by cargo binstall (seconds, once)", self.package, self.version));
        let package = format!("{}@{}", self.package, self.version);
        let mut binstall = project.cargo();
        binstall.args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"]);
        run(binstall.arg(project.tools()).arg(package))
    }

    fn compile(&self, project: &Project) -> Result<()> {
        let mut install = project.cargo();
        install.args(["install", self.package, "--version", &self.version, "--root"]).arg(project.tools());
        install.args(self.flags).envs(QUICK_RELEASE).envs(self.environment.iter().copied());
        run(install.env("CARGO_TARGET_DIR", build_folder(project)))
            .with_context(|| format!("{} could not be installed by Cargo; try again", self.package))
    }
}

#[cfg(test)]
mod tests;
