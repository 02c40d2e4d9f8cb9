//! Hash: each file is served under a name that its content decides, and the page names its integrity.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};

use crate::command::output;
use crate::project::Project;
use crate::tools::esbuild;

/// Hexadecimal digits of the hash in a name.
const DIGITS: usize = 16;

/// Where the files of a release come from and go to.
pub struct Assets<'a> {
    pub project: &'a Project,
    pub dist: &'a Path,
}

/// One file of the release, as the page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    pub name: String,
    /// As the attribute of that name has it.
    pub integrity: String,
}

/// How the page loads a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Classic,
    Module,
}

impl Assets<'_> {
    /// Adds a file with this content, as `<stem>-<hash>.<extension>`.
    pub fn add(&self, stem: &str, extension: &str, content: &[u8]) -> Result<Asset> {
        let name = format!("{stem}-{}.{extension}", hash(content));
        fs::write(self.dist.join(&name), content).with_context(|| format!("{name} could not be written"))?;
        Ok(Asset { name, integrity: integrity(content) })
    }

    /// Adds a file as it is.
    pub fn add_file(&self, path: &Path) -> Result<Asset> {
        let content = fs::read(path).with_context(|| format!("{} could not be read", path.display()))?;
        let (stem, extension) = parts(path)?;
        self.add(stem, extension, &content)
    }

    /// Adds the files of a folder as they are, under their own names: other software knows them by these.
    pub fn add_folder(&self, path: &Path) -> Result<()> {
        let name = path.file_name().with_context(|| format!("{} has no name", path.display()))?;
        let target = self.dist.join(name);
        fs::create_dir_all(&target).with_context(|| format!("{} could not be made", target.display()))?;
        for file in fs::read_dir(path).with_context(|| format!("{} could not be read", path.display()))? {
            let file = file?;
            fs::copy(file.path(), target.join(file.file_name()))
                .with_context(|| format!("{} could not be copied", file.path().display()))?;
        }
        Ok(())
    }

    /// A script with all that it imports, made small.
    pub fn script(&self, path: &Path, script: Script) -> Result<String> {
        let format = match script {
            Script::Classic => "--format=iife",
            Script::Module => "--format=esm",
        };
        self.minified(path, &["--bundle", format])
    }

    /// A stylesheet, made small.
    pub fn style(&self, path: &Path) -> Result<String> {
        self.minified(path, &[])
    }

    fn minified(&self, path: &Path, options: &[&str]) -> Result<String> {
        let mut esbuild = self.project.command(esbuild::program(self.project));
        esbuild.arg(path).args(["--minify", "--charset=utf8", "--log-level=warning"]).args(options);
        output(&mut esbuild)
    }
}

fn parts(path: &Path) -> Result<(&str, &str)> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let extension = path.extension().and_then(|extension| extension.to_str());
    stem.zip(extension).with_context(|| format!("{} has no name with an extension", path.display()))
}

fn hash(content: &[u8]) -> String {
    Sha384::digest(content).iter().map(|byte| format!("{byte:02x}")).take(DIGITS / 2).collect()
}

fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_name_and_an_integrity_change_with_the_content_alone() {
        let project = Project::locate().expect("run by cargo");
        let scratch = Scratch::new("assets");
        let assets = Assets { project: &project, dist: scratch.folder() };
        let add = |content: &[u8]| assets.add("app", "wasm", content).expect("a writable folder");
        let (asset, again, other) = (add(b"module"), add(b"module"), add(b"another"));
        assert_eq!(asset, again);
        assert_ne!((&asset.name, &asset.integrity), (&other.name, &other.integrity));
        assert_eq!(fs::read(scratch.folder().join(&asset.name)).expect("it was written"), b"module");
    }

    #[test]
    fn the_files_of_a_folder_keep_their_names() {
        let project = Project::locate().expect("run by cargo");
        let (source, scratch) = (Scratch::new("asset-folder"), Scratch::new("asset-folder-copied"));
        source.write("install/icon.png", b"png");
        let assets = Assets { project: &project, dist: scratch.folder() };
        assets.add_folder(&source.folder().join("install")).expect("a readable folder");
        assert_eq!(fs::read(scratch.folder().join("install/icon.png")).expect("it was copied"), b"png");
    }

    #[test]
    fn a_file_keeps_its_stem_and_its_extension() {
        let project = Project::locate().expect("run by cargo");
        let scratch = Scratch::new("asset-file");
        let path = scratch.write("static/icon.svg", b"<svg/>");
        let asset = Assets { project: &project, dist: scratch.folder() }.add_file(&path).expect("a readable file");
        assert_eq!(asset.name, format!("icon-{}.svg", hash(b"<svg/>")));
        assert!(asset.integrity.starts_with("sha384-") && asset.integrity.len() == "sha384-".len() + 64);
    }
}
