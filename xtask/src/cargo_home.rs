//! Cargo's own folder.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Cargo's own folder. `None` where the user has no home.
pub fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// Where cargo unpacks what it has fetched: a folder for each registry, named after its host.
pub fn registry_sources(cargo: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten();
    folders.map(|folder| folder.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_dependency_is_named_without_the_registry_that_it_came_from() {
        let cargo = Scratch::new("cargo-home");
        fs::create_dir_all(cargo.folder().join("registry/src/registry.test-0123")).expect("a folder of the test's own");
        assert_eq!(registry_sources(cargo.folder()), [cargo.folder().join("registry/src/registry.test-0123")]);
        assert_eq!(registry_sources(Path::new("/nowhere")), Vec::<PathBuf>::new());
    }
}
