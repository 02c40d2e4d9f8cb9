//! Whether the same sources give the same release: built once more, in another folder and from nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::release;
use crate::release::compress::{BROTLI, GZIP, files, twin};

/// Builds the release once more and compares it with the one in `dist`, byte by byte.
pub fn check(project: &Project, dist: &Path) -> Result<()> {
    let copy = copy_of(project)?;
    release::build_if_changed(&copy, &copy.dist(), &[])?;
    compare(dist, &copy.dist())
}

/// The sources as they are, in another folder. Its own target folder stays from one time to the next.
fn copy_of(project: &Project) -> Result<Project> {
    let copy = Project::at(project.target().join("reproducible/checkout"));
    for folder in ["crates", "src", "static", "xtask", "tests", "benches", ".cargo"] {
        let folder = copy.root().join(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} could not be emptied", folder.display()))?;
        }
    }
    for name in project.sources()? {
        let path = copy.root().join(&name);
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::copy(project.root().join(&name), &path)
            .with_context(|| format!("{} could not be written", path.display()))?;
    }
    fs::create_dir_all(copy.target())?;
    if !copy.tools().exists() {
        symlink(project.tools(), copy.tools()).context("the tools could not be linked")?;
    }
    Ok(copy)
}

fn compare(one: &Path, other: &Path) -> Result<()> {
    let (one, other) = (contents(one)?, contents(other)?);
    let names = one.keys().chain(other.keys()).collect::<BTreeSet<_>>();
    let different: Vec<_> = names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect();
    match different.is_empty() {
        true => Ok(()),
        false => bail!("built twice from the same sources, these files differ: {}", different.join(", ")),
    }
}

/// The files of a release by their paths in it, with their compressed twins.
fn contents(dist: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    for file in files(dist).with_context(|| format!("{} could not be read", dist.display()))? {
        let twins = [GZIP, BROTLI].map(|suffix| twin(&file, suffix)).into_iter().filter(|twin| twin.exists());
        for path in twins.chain([file.clone()]) {
            let content = fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
            contents.insert(path.strip_prefix(dist)?.display().to_string(), content);
        }
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn two_builds_are_the_same_only_with_the_same_files_and_bytes() {
        let scratch = Scratch::new("reproducible");
        for (name, content) in [("one", "a"), ("same", "a"), ("other", "b"), ("more", "a")] {
            scratch.write(&format!("{name}/app.js"), b"a");
            scratch.write(&format!("{name}/install/icon.png"), content.as_bytes());
        }
        scratch.write("more/app.js.br", b"a");
        let folder = |name: &str| scratch.folder().join(name);
        assert!(compare(&folder("one"), &folder("same")).is_ok());
        for (different, name) in [("other", "install/icon.png"), ("more", "app.js.br")] {
            let error = compare(&folder("one"), &folder(different)).expect_err(different);
            assert!(error.to_string().ends_with(&format!("differ: {name}")), "{error}");
        }
    }
}
