//! What a crate must not depend on, as `cargo tree` has it.

use anyhow::{Result, bail};

use crate::command::output;
use crate::project::Project;
use crate::tools::rust::WASM_TARGET;

/// A package, with all its features, and the beginnings of the names of what it must do without.
struct Rule {
    package: &'static str,
    banned: &'static [&'static str],
}

const RULES: [Rule; 2] = [
    // The core is decisions alone: no browser, no framework.
    Rule { package: "yew-auth-session", banned: &["web-sys", "js-sys", "wasm-bindgen", "gloo", "yew"] },
    // What is for the app to choose: its allocator, its modules, its routes.
    Rule {
        package: "yew-auth",
        banned: &["talc", "wee_alloc", "dlmalloc", "wasm_split", "wasm-split", "yew-auth-app"],
    },
];

pub fn check(project: &Project) -> Result<()> {
    RULES.iter().try_for_each(|rule| rule.check(project))
}

impl Rule {
    fn check(&self, project: &Project) -> Result<()> {
        let mut tree = project.cargo();
        tree.args(["tree", "--package", self.package, "--target", WASM_TARGET, "--all-features", "--edges", "normal"]);
        tree.args(["--prefix", "none", "--format", "{p}"]);
        let tree = output(&mut tree)?;
        let broken: Vec<_> = tree.lines().filter(|line| self.is_broken_by(line)).collect();
        match broken.is_empty() {
            true => Ok(()),
            false => bail!("{} depends on {}", self.package, broken.join(", ")),
        }
    }

    /// `line` is a package's name, then its version.
    fn is_broken_by(&self, line: &str) -> bool {
        let name = line.split(' ').next().unwrap_or_default();
        name != self.package && self.banned.iter().any(|banned| name.starts_with(banned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_banned_by_the_beginning_of_its_name() {
        let [core, library] = &RULES;
        assert!(core.is_broken_by("js-sys v0.3.107") && core.is_broken_by("gloo-net v0.7.0"));
        assert!(!core.is_broken_by("serde v1.0.229") && !core.is_broken_by("yew-auth-session v0.1.0 (crates/..)"));
        assert!(library.is_broken_by("talc v5.1.1") && !library.is_broken_by("yew-auth-session v0.1.0"));
    }
}
