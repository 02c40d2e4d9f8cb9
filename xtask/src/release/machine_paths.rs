//! The texts of panics name source files, those of dependencies with where they are on the machine that builds. That is
//! nobody's business, and would make the same source another build elsewhere.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::compress::files;
use crate::cargo_home::{cargo_home, registry_sources};
use crate::project::Project;

/// Flags for rustc that leave of such a path what is the same everywhere. Of two that fit, the later counts.
pub fn remapped(project: &Project) -> Vec<String> {
    let flag = |(path, name): (PathBuf, &str)| format!("--remap-path-prefix={}={name}", path.display());
    paths(project).into_iter().map(flag).collect()
}

/// Fails where a file of a build tells where it was built.
pub fn ensure_none(project: &Project, dist: &Path) -> Result<()> {
    let paths = paths(project);
    for file in files(dist)? {
        let content = fs::read(&file)?;
        let told = paths.iter().find(|(path, _)| tells_of(&content, path));
        if let Some((path, _)) = told {
            bail!("{} tells of {}, a folder of this machine", file.display(), path.display());
        }
    }
    Ok(())
}

fn paths(project: &Project) -> Vec<(PathBuf, &'static str)> {
    let home = env::home_dir();
    let rustup = env::var_os("RUSTUP_HOME").map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".rustup")));
    let cargo = cargo_home();
    let registries = cargo.as_deref().map(registry_sources).unwrap_or_default();
    let known = [(home, "~"), (rustup, "rustup"), (cargo, "cargo")];
    // Of a root folder as home, as in some containers, every absolute path would be a part.
    known
        .into_iter()
        .filter_map(|(path, name)| Some((path?, name)))
        .chain(registries.into_iter().map(|path| (path, "crates")))
        .chain([(project.root().to_owned(), ".")])
        .filter(|(path, _)| path.parent().is_some())
        .collect()
}

/// Whether it names something that lies in the folder. The folder's own path is not enough: `/src/` is a part of every
/// dependency's paths, and in a container it may be the checkout too.
fn tells_of(content: &[u8], folder: &Path) -> bool {
    let names = |path: &Path| contains(content, path.as_os_str().as_encoded_bytes());
    let entries = || fs::read_dir(folder).into_iter().flatten().flatten();
    names(&folder.join("")) && entries().any(|entry| names(&entry.path()))
}

fn contains(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_build_that_tells_of_this_machine_fails() {
        let project = Project::locate().expect("run by cargo");
        let scratch = Scratch::new("machine-paths");
        scratch.write("app.wasm", b"panicked at /rustc/0123/library/core/src/option.rs");
        assert!(ensure_none(&project, scratch.folder()).is_ok());
        scratch.write("app.wasm", format!("panicked at {}/src/lib.rs", project.root().display()).as_bytes());
        let error = ensure_none(&project, scratch.folder()).expect_err("the checkout's own path");
        assert!(error.to_string().contains("app.wasm tells of"), "{error}");
    }

    #[test]
    fn a_folder_is_told_of_by_what_lies_in_it() {
        let folder = Scratch::new("machine-paths-src");
        folder.write("src/lib.rs", b"");
        let tells = |path: &str| tells_of(format!("{}/{path}", folder.folder().display()).as_bytes(), folder.folder());
        assert!(tells("src/lib.rs"));
        assert!(!tells("option.rs"));
        assert!(!tells_of(b"crates/serde/src/lib.rs", folder.folder()));
    }

    #[test]
    fn where_the_checkout_is_comes_after_the_home_it_may_be_in() {
        let project = Project::locate().expect("run by cargo");
        let flags = remapped(&project);
        let last = flags.last().expect("one flag at least");
        assert_eq!(*last, format!("--remap-path-prefix={}=.", project.root().display()));
    }
}
