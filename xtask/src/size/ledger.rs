//! The budget, and what the build weighed when that was last recorded: a file of the repository.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::file::{File, Sizes};
use crate::project::Project;

pub const FILE: &str = "benches/size.toml";

const HEAD: &str = "\
# What the release build weighs. `cargo xtask size` compares with it and fails over the budget;
# `cargo xtask size --record` writes it anew, the budget and `lazy` apart.

# Bytes in brotli of the page, and of all wasm and JavaScript that is needed before it shows the posts.
";

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    budget: usize,
    lazy: Vec<String>,
    /// Raw, gzip, brotli.
    files: BTreeMap<String, [usize; 3]>,
}

impl Ledger {
    pub fn read(project: &Project) -> Result<Self> {
        let path = project.root().join(FILE);
        let text = fs::read_to_string(path).with_context(|| format!("{FILE} could not be read"))?;
        Self::parse(&text).with_context(|| format!("{FILE} is no ledger of sizes"))
    }

    pub fn write(&self, project: &Project) -> Result<()> {
        fs::write(project.root().join(FILE), self.text()).with_context(|| format!("{FILE} could not be written"))
    }

    pub fn budget(&self) -> usize {
        self.budget
    }

    /// The code that the page asks for when it needs it.
    pub fn lazy(&self) -> &[String] {
        &self.lazy
    }

    /// What a file weighed.
    pub fn recorded(&self, name: &str) -> Option<Sizes> {
        self.files.get(name).map(|&[raw, gzip, brotli]| Sizes { raw, gzip, brotli })
    }

    /// The recorded files that `present` has not.
    pub fn gone(&self, present: &[File]) -> Vec<&str> {
        let is_gone = |name: &&String| present.iter().all(|file| &file.name != *name);
        self.files.keys().filter(is_gone).map(String::as_str).collect()
    }

    pub fn record(&mut self, files: &[File]) {
        let entry =
            |File { name, sizes: Sizes { raw, gzip, brotli }, .. }: &File| (name.clone(), [*raw, *gzip, *brotli]);
        self.files = files.iter().map(entry).collect();
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        Ok(toml::from_str(text)?)
    }

    fn text(&self) -> String {
        let mut text = format!("{HEAD}budget = {}\n", self.budget);
        text += "# Code that the page asks for only when it needs it.\n";
        // Writing to a string cannot fail.
        let _ = writeln!(text, "lazy = {:?}\n\n# Bytes: raw, gzip, brotli.\n[files]", self.lazy);
        for (name, sizes) in &self.files {
            let _ = writeln!(text, "{name:?} = {sizes:?}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::file::Role;

    #[test]
    fn what_is_recorded_is_read_again_and_the_budget_stays() {
        let mut ledger = Ledger { budget: 113_000, lazy: vec!["inspector.wasm".to_owned()], files: BTreeMap::new() };
        let sizes = Sizes { raw: 3, gzip: 2, brotli: 1 };
        ledger.record(&[File { name: "app_bg.wasm".to_owned(), role: Role::Startup, sizes }]);
        let again = Ledger::parse(&ledger.text()).expect("what was written");
        assert_eq!(again, ledger);
        assert_eq!(again.recorded("app_bg.wasm"), Some(sizes));
        assert_eq!((again.recorded("app.js"), again.gone(&[])), (None, vec!["app_bg.wasm"]));
    }

    #[test]
    fn the_ledger_of_the_repository_is_one_that_this_tool_writes() {
        let text = include_str!("../../../benches/size.toml");
        assert_eq!(Ledger::parse(text).expect("a ledger").text(), text);
    }
}
