//! The tests that an engine cannot run, as the end-to-end tests have recorded them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::tools::engines::Engine;

/// How many tests were skipped for each reason, or nothing if none was. `state` is the folder of the run.
pub fn summary(state: &Path, engine: Engine) -> Result<Option<String>> {
    let mut lines = BTreeSet::new();
    for run in fs::read_dir(state).with_context(|| format!("{} cannot be read", state.display()))? {
        let record = run?.path().join("skipped.txt");
        if record.is_file() {
            lines.extend(fs::read_to_string(&record)?.lines().map(str::to_owned));
        }
    }
    Ok((!lines.is_empty()).then(|| counted(&lines, engine)))
}

/// Each line holds a test and its reason. A test of several scenarios is counted once.
fn counted(lines: &BTreeSet<String>, engine: Engine) -> String {
    let mut counts = BTreeMap::<_, usize>::new();
    for (_, reason) in lines.iter().filter_map(|line| line.split_once(": ")) {
        *counts.entry(reason).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let reasons = counts.iter().map(|(reason, count)| format!("\n{count:>5}  {reason}"));
    format!("{total} tests skipped in {}:{}", engine.name(), reasons.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_tests_are_counted_by_reason() {
        let lines = ["a::one: no window", "a::two: no window", "b: no layout shifts"].map(str::to_owned);
        let summary = counted(&lines.into(), Engine::WebKit);
        assert_eq!(summary, "3 tests skipped in webkit:\n    1  no layout shifts\n    2  no window");
    }
}
