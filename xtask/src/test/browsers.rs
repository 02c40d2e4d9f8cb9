//! `docs/browsers.md`: which tests run in which engine, as whole runs in each of them have found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use super::coverage::{Coverage, Extent, Suite};
use super::part::Part;
use super::records::Records;
use crate::command::announce;
use crate::project::Project;
use crate::tools::engines::Engine;

const PAGE: &str = "docs/browsers.md";

/// The line that a newer browser changes, and nothing else.
const VERSIONS: &str = "Last written with ";

const HEAD: &str = "\
# Browsers

`cargo xtask test wasm e2e` runs these tests in each engine, and `--browser NAME` in one of them. Once all engines have
passed the same tests it writes this page, and fails if the page differs. A cell is the number of tests that run; \"of\"
tells how many there are where an engine does not run all.
";

impl Suite {
    const ALL: [Self; 2] = [Self::Library, Self::App];

    /// The part of all tests that runs it.
    pub(super) fn part(self) -> Part {
        match self {
            Self::Library => Part::Wasm,
            Self::App => Part::E2e,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Library => "The library in a page",
            Self::App => "The app with its servers",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Library => "crates/yew-auth/tests/browser",
            Self::App => "tests/e2e/tests",
        }
    }
}

/// Writes the page from the last whole runs of both suites in all engines, and fails if it said something else. While one
/// of them is missing, nothing is known about the page. New versions alone are no failure: they change nothing that the
/// page claims.
pub fn check(project: &Project) -> Result<()> {
    let records = Records::below(&project.target());
    let (mut runs, mut missing) = (Vec::new(), Vec::new());
    for suite in Suite::ALL {
        for engine in Engine::ALL {
            match records.find(suite, engine)? {
                Some(run) => runs.push(run),
                None => missing.push(format!("{} --browser {}", suite.part().name(), engine.name())),
            }
        }
    }
    if !missing.is_empty() {
        announce(format!("{PAGE} waits for whole runs that pass: {}", missing.join(", ")));
        return Ok(());
    }
    let runs = &runs;
    let file = project.root().join(PAGE);
    let expected = page(project.root(), runs);
    let committed = fs::read_to_string(&file).unwrap_or_default();
    if committed != expected {
        fs::write(&file, &expected)?;
    }
    ensure!(claims(&committed) == claims(&expected), "{PAGE} was out of date, and is written anew: commit it");
    if committed != expected {
        announce(format!("{PAGE} names the new versions of the browsers: commit it"));
    }
    Ok(())
}

fn claims(page: &str) -> Vec<&str> {
    page.lines().filter(|line| !line.starts_with(VERSIONS)).collect()
}

fn run_of(runs: &[Coverage], suite: Suite, engine: Engine) -> Option<&Coverage> {
    runs.iter().find(|run| run.suite == suite && run.engine == engine)
}

fn page(root: &Path, runs: &[Coverage]) -> String {
    let versions = Engine::ALL.map(|engine| {
        let version = runs.iter().find(|run| run.engine == engine).and_then(|run| run.version.as_deref());
        [Some(engine.title()), version].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let sections = Suite::ALL.map(|suite| {
        let runs: Vec<_> = Engine::ALL.iter().filter_map(|engine| run_of(runs, suite, *engine)).collect();
        format!("\n## {}\n\n{}", suite.title(), table(root, suite, &runs))
    });
    format!("{HEAD}\n{VERSIONS}{}.\n{}\n{}", versions.join(", "), skipped(runs), sections.concat().trim_start())
}

/// The tests that one engine does not run as they stand.
fn skipped(runs: &[Coverage]) -> String {
    let mut rows = BTreeMap::<_, BTreeSet<_>>::new();
    for run in runs {
        for skip in &run.skips {
            rows.entry((&skip.test, skip.extent, &skip.reason)).or_default().insert(run.engine.title());
        }
    }
    let rows = rows.into_iter().map(|((test, extent, reason), engines)| {
        let engines = engines.into_iter().collect::<Vec<_>>().join(", ");
        let extent = if extent == Extent::Part { " (in part)" } else { "" };
        format!("| `{test}` | {engines}{extent} | {reason} |\n")
    });
    let rows: String = rows.collect();
    format!("\n## What an engine does not run\n\n| Test | Not in | Why |\n|---|---|---|\n{rows}")
}

/// One row for each file, and one for all.
fn table(root: &Path, suite: Suite, runs: &[&Coverage]) -> String {
    let mut files = BTreeMap::<_, BTreeSet<_>>::new();
    for test in runs.iter().flat_map(|run| &run.tests) {
        files.entry(file_of(root, suite, test)).or_default().insert(test.as_str());
    }
    let row = |name: &str, tests: &BTreeSet<&str>| {
        let cells = runs.iter().map(|run| format!(" {} |", cell(run, tests))).collect::<String>();
        format!("| {name} |{cells}\n")
    };
    let engines = runs.iter().map(|run| format!(" {} |", run.engine.title())).collect::<String>();
    let rules = "---|".repeat(runs.len());
    let rows = files.iter().map(|(file, tests)| row(&format!("`{file}`"), tests)).collect::<String>();
    let all = row("all", &files.values().flatten().copied().collect());
    format!("| File of `{}` |{engines}\n|---|{rules}\n{rows}{all}", suite.folder())
}

fn cell(run: &Coverage, tests: &BTreeSet<&str>) -> String {
    let is_skipped = |test: &str| run.skips.iter().any(|skip| skip.test == test && skip.extent == Extent::Whole);
    let running = tests.iter().filter(|test| run.tests.contains(**test) && !is_skipped(test)).count();
    if running == tests.len() { running.to_string() } else { format!("{running} of {}", tests.len()) }
}

/// The file of a test, in the folder of its suite: a module is in the file of its name, or in the one that is around it.
fn file_of(root: &Path, suite: Suite, test: &str) -> String {
    let modules: Vec<_> = test.split("::").collect();
    let paths = (1..modules.len()).rev().map(|length| format!("{}.rs", modules[..length].join("/")));
    let is_there = |path: &String| root.join(suite.folder()).join(path).is_file();
    paths.into_iter().find(is_there).unwrap_or_else(|| "main.rs".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::coverage::Skip;
    use super::*;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

    fn run(engine: Engine, skips: &[(&str, Extent)]) -> Coverage {
        let skip = |(test, extent): &(&str, Extent)| Skip {
            test: (*test).into(),
            extent: *extent,
            reason: "no window".into(),
        };
        Coverage {
            suite: Suite::App,
            engine,
            version: Some("1.2".to_owned()),
            tests: ["legend::one", "faults::lock::two", "faults::lock::over_cookies::three"].map(str::to_owned).into(),
            skips: skips.iter().map(skip).collect(),
        }
    }

    #[test]
    fn a_test_is_in_the_file_of_its_innermost_module_that_has_one() {
        let file = |test| file_of(Path::new(ROOT), Suite::App, test);
        assert_eq!(file("faults::lock::over_cookies::a_fact"), "faults/lock.rs");
        assert_eq!(file("legend::a_fact"), "legend.rs");
        assert_eq!(file("a_fact"), "main.rs");
    }

    #[test]
    fn a_cell_says_how_many_of_a_files_tests_run() {
        let skips = [("faults::lock::two", Extent::Whole), ("legend::one", Extent::Part)];
        let (chromium, webkit) = (run(Engine::Chromium, &[]), run(Engine::WebKit, &skips));
        let table = table(Path::new(ROOT), Suite::App, &[&chromium, &webkit]);
        let rows: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(rows, ["| `faults/lock.rs` | 2 | 1 of 2 |", "| `legend.rs` | 1 | 1 |", "| all | 3 | 2 of 3 |"]);
    }

    #[test]
    fn a_skipped_test_is_named_with_its_engines_and_the_reason() {
        let skip = [("legend::one", Extent::Part)];
        let skipped = skipped(&[run(Engine::WebKit, &skip), run(Engine::Firefox, &skip)]);
        assert_eq!(skipped.lines().last(), Some("| `legend::one` | Firefox, WebKit (in part) | no window |"));
    }

    #[test]
    fn a_new_version_changes_no_claim() {
        let (mut before, mut after) = (vec![run(Engine::WebKit, &[])], vec![run(Engine::WebKit, &[])]);
        after[0].version = Some("1.3".to_owned());
        let pages = (page(Path::new(ROOT), &before), page(Path::new(ROOT), &after));
        assert_ne!(pages.0, pages.1);
        assert_eq!(claims(&pages.0), claims(&pages.1));
        before[0].tests.clear();
        assert_ne!(claims(&page(Path::new(ROOT), &before)), claims(&pages.1));
    }
}
