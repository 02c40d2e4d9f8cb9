//! The version of a package that Cargo.lock names.

use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

pub fn version_of(project: &Project, package: &str) -> Result<String> {
    let path = project.root().join("Cargo.lock");
    let text = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
    locked_version(&text, package)
        .with_context(|| format!("Cargo.lock has no {package}, or several"))
        .map(str::to_owned)
}

fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut packages = lock.split("[[package]]").filter(|entry| entry.lines().any(|line| line == name));
    let entry = packages.next()?;
    let version = entry.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    // Two versions of one package: neither is *the* version.
    packages.next().is_none().then_some(version).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
dependencies = [
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.131"

[[package]]
name = "gloo"
version = "0.11.0"

[[package]]
name = "gloo"
version = "0.12.0"
"#;

    #[test]
    fn version_is_that_of_the_package_of_exactly_this_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-macro"), Some("0.2.131"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }

    #[test]
    fn a_package_with_two_versions_has_no_version() {
        assert_eq!(locked_version(LOCK, "gloo"), None);
    }
}
