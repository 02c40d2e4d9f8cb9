//! Whether a build is still that of what it was made from.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::compress::files;
use super::machine_paths;
use crate::command::answer;
use crate::project::Project;

/// What the app is built from and by. What is not of this checkout, Cargo.lock names.
const FILES: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "index.html",
    "xtask/src/release.rs",
    "xtask/src/tools/binaryen.rs",
    "xtask/src/tools/cargo_tools.rs",
    "xtask/src/tools/esbuild.rs",
];
const FOLDERS: [&str; 4] = ["crates", "src", "static", "xtask/src/release"];

/// One number for all that a build depends on, remembered beside the build.
pub struct Inputs {
    hash: String,
    memory: PathBuf,
    dist: PathBuf,
}

impl Inputs {
    /// Those of the project's files as they are now.
    pub fn read(project: &Project, dist: &Path, features: &[&str]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        features.hash(&mut hasher);
        machine_paths::remapped(project).hash(&mut hasher);
        answer(project.command("rustc").arg("-vV")).hash(&mut hasher);
        for path in paths(project)? {
            path.hash(&mut hasher);
            fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?.hash(&mut hasher);
        }
        let (hash, memory) = (format!("{:016x}\n", hasher.finish()), dist.with_added_extension("inputs"));
        Ok(Self { hash, memory, dist: dist.to_owned() })
    }

    /// Whether the build was made from these.
    pub fn are_built(&self) -> bool {
        fs::read_to_string(&self.memory).is_ok_and(|hash| hash == self.hash) && self.dist.join("index.html").is_file()
    }

    /// Has a build that does not come to its end be made again.
    pub fn forget(&self) -> Result<()> {
        fs::write(&self.memory, "").with_context(|| format!("{} could not be written", self.memory.display()))
    }

    pub fn remember(&self) -> Result<()> {
        fs::write(&self.memory, &self.hash).with_context(|| format!("{} could not be written", self.memory.display()))
    }
}

fn paths(project: &Project) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<_> = FILES.iter().map(|name| project.root().join(name)).collect();
    for folder in FOLDERS {
        let folder = project.root().join(folder);
        paths.extend(files(&folder).with_context(|| format!("{} could not be read", folder.display()))?);
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_build_is_made_again_when_it_was_left_half_done_or_with_other_features() {
        let project = Project::locate().expect("run by cargo");
        let scratch = Scratch::new("inputs");
        let dist = scratch.folder().join("dist");
        let inputs = |features: &[&str]| Inputs::read(&project, &dist, features).expect("the checkout can be read");
        assert!(!inputs(&[]).are_built());
        scratch.write("dist/index.html", b"<!doctype html>");
        inputs(&[]).remember().expect("the folder can be written");
        assert!(inputs(&[]).are_built());
        assert!(!inputs(&["bearer"]).are_built());
        inputs(&[]).forget().expect("the folder can be written");
        assert!(!inputs(&[]).are_built());
    }
}
