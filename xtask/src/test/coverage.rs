//! Which tests ran in an engine, and which of them the engine cannot run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::command::output;
use crate::tools::engines::Engine;

/// The tests of one folder in one engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    pub suite: Suite,
    pub engine: Engine,
    /// The version of the engine, if it tells.
    pub version: Option<String>,
    /// The names of all tests, with the modules that they are in.
    pub tests: BTreeSet<String>,
    pub skips: BTreeSet<Skip>,
}

/// A folder of tests that run in a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Suite {
    /// The library in a page.
    Library,
    /// The app with its servers.
    App,
}

/// A test that an engine does not run as it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skip {
    pub test: String,
    pub extent: Extent,
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Extent {
    /// The test does not run.
    Whole,
    /// The test leaves some of its checks out.
    Part,
}

impl Skip {
    /// A line that the end-to-end tests have recorded.
    fn parsed(line: &str) -> Option<Self> {
        let (test, rest) = line.split_once('\t')?;
        let (extent, reason) = rest.split_once('\t')?;
        let extent = match extent {
            "whole" => Extent::Whole,
            "part" => Extent::Part,
            _ => return None,
        };
        Some(Self { test: test.to_owned(), extent, reason: reason.to_owned() })
    }

    /// What the end-to-end tests have recorded in the folder of their run. A test of several scenarios counts once.
    pub fn recorded(state: &Path) -> Result<BTreeSet<Self>> {
        let mut skips = BTreeSet::new();
        for run in fs::read_dir(state).with_context(|| format!("{} cannot be read", state.display()))? {
            let record = run?.path().join("skipped.txt");
            if record.is_file() {
                for line in fs::read_to_string(&record)?.lines() {
                    skips.insert(Self::parsed(line).with_context(|| format!("{}: {line:?}", record.display()))?);
                }
            }
        }
        Ok(skips)
    }
}

/// The number of tests that are skipped for each reason, or nothing if none is.
pub fn summary(skips: &BTreeSet<Skip>, engine: Engine) -> Option<String> {
    let mut counts = BTreeMap::<_, usize>::new();
    for skip in skips {
        *counts.entry((skip.extent, &skip.reason)).or_default() += 1;
    }
    let total = |extent| skips.iter().filter(|skip| skip.extent == extent).count();
    let reasons = counts.iter().map(|((extent, reason), count)| match extent {
        Extent::Whole => format!("\n{count:>5}  {reason}"),
        Extent::Part => format!("\n{count:>5}  in part: {reason}"),
    });
    (!skips.is_empty()).then(|| {
        let (whole, part) = (total(Extent::Whole), total(Extent::Part));
        format!("{}: {whole} tests skipped, {part} in part:{}", engine.name(), reasons.collect::<String>())
    })
}

/// The tests that `command` runs, which is a `cargo test` without arguments for its runner.
pub fn listed(command: &mut Command) -> Result<BTreeSet<String>> {
    let all = tests_of(&output(command.args(["--", "--list"]))?);
    let ignored = tests_of(&output(command.arg("--ignored"))?);
    Ok(&all - &ignored)
}

fn tests_of(list: &str) -> BTreeSet<String> {
    list.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skips(lines: &[&str]) -> BTreeSet<Skip> {
        lines.iter().map(|line| Skip::parsed(line).expect("a record")).collect()
    }

    #[test]
    fn skipped_tests_are_counted_by_reason() {
        let skips = skips(&["a::one\twhole\tno window", "a::two\twhole\tno window", "b\tpart\tno layout shifts"]);
        let expected = "webkit: 2 tests skipped, 1 in part:\n    2  no window\n    1  in part: no layout shifts";
        assert_eq!(summary(&skips, Engine::WebKit).as_deref(), Some(expected));
    }

    #[test]
    fn where_nothing_is_skipped_nothing_is_said() {
        assert_eq!(summary(&BTreeSet::new(), Engine::Firefox), None);
    }

    #[test]
    fn a_record_that_is_not_complete_is_none() {
        for line in ["", "a::one", "a::one\twhole", "a::one\thalf\tno window"] {
            assert_eq!(Skip::parsed(line), None, "{line}");
        }
    }

    #[test]
    fn a_list_of_tests_has_their_names_alone() {
        assert_eq!(tests_of("a::one: test\nb: bench\n\n1 test, 1 benchmark\n"), BTreeSet::from(["a::one".to_owned()]));
    }
}
