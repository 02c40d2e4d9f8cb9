//! Where things are: each path this tool reads or writes, and how a program starts there.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command::output;

/// A checkout of the repository.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The checkout that this tool is part of.
    pub fn locate() -> Result<Self> {
        // At run time: a binary that moved along with its checkout still finds the right one.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest).parent().context("xtask/ has no parent folder")?;
        ensure!(root.join("Trunk.toml").is_file(), "{} is no checkout of the project", root.display());
        Ok(Self::at(root))
    }

    /// The checkout in this folder.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What belongs to this checkout alone and may be deleted at any time.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    pub fn tools(&self) -> PathBuf {
        self.target().join("tools")
    }

    pub fn tools_bin(&self) -> PathBuf {
        self.tools().join("bin")
    }

    /// The names of the functions of each release build, by the name of its module.
    pub fn symbols(&self) -> PathBuf {
        self.target().join("symbols")
    }

    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub fn backend(&self) -> PathBuf {
        self.root.join("backend")
    }

    /// The files of the sources, relative to the root: those that git knows or would take, and that are there.
    ///
    /// # Errors
    ///
    /// Where git is missing, or the root is no checkout.
    pub fn sources(&self) -> Result<Vec<PathBuf>> {
        let listed =
            output(self.command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        Ok(listed.split_terminator('\0').map(PathBuf::from).filter(|file| self.root.join(file).is_file()).collect())
    }

    /// A program that runs in the root, with the project's own tools before any other.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.search_path());
        command
    }

    /// One of the project's own tools, never a namesake from elsewhere on the machine.
    pub fn tool(&self, name: &str) -> Command {
        self.command(self.tools_bin().join(name))
    }

    pub fn cargo(&self) -> Command {
        self.command("cargo")
    }

    fn search_path(&self) -> std::ffi::OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.tools_bin()).chain(env::split_paths(&inherited));
        // Joining fails only on a folder that itself holds the separator: such a checkout keeps the plain PATH.
        env::join_paths(folders).unwrap_or(inherited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_tools_come_first_on_path() {
        let project = Project::at("/checkout");
        let command = project.command("cargo");
        let (_, path) = command.get_envs().find(|(name, _)| *name == "PATH").expect("PATH is set");
        let first = env::split_paths(path.expect("PATH has a value")).next();
        assert_eq!(first, Some(PathBuf::from("/checkout/target/tools/bin")));
    }
}
