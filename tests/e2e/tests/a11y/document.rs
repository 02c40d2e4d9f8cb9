//! docs/accessibility.md names tests that exist, and leaves out no criterion.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The criteria of WCAG 2.2 at the levels A and AA, by guideline.
const CRITERIA: [(&str, &[u32]); 13] = [
    ("1.1", &[1]),
    ("1.2", &[1, 2, 3, 4, 5]),
    ("1.3", &[1, 2, 3, 4, 5]),
    ("1.4", &[1, 2, 3, 4, 5, 10, 11, 12, 13]),
    ("2.1", &[1, 2, 4]),
    ("2.2", &[1, 2]),
    ("2.3", &[1]),
    ("2.4", &[1, 2, 3, 4, 5, 6, 7, 11]),
    ("2.5", &[1, 2, 3, 4, 7, 8]),
    ("3.1", &[1, 2]),
    ("3.2", &[1, 2, 3, 4, 6]),
    ("3.3", &[1, 2, 3, 4, 7, 8]),
    ("4.1", &[2, 3]),
];

#[test]
fn each_criterion_of_wcag_is_listed_in_order_with_a_check_that_exists() -> Result<()> {
    let document = fs::read_to_string(Path::new(ROOT).join("docs/accessibility.md"))?;
    let rows: Vec<Vec<&str>> = document
        .lines()
        .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let listed: Vec<&str> = rows.iter().filter_map(|row| row[0].split(' ').next()).collect();
    let criteria = CRITERIA
        .iter()
        .flat_map(|(guideline, numbers)| numbers.iter().map(move |number| format!("{guideline}.{number}")));
    assert_eq!(listed, criteria.collect::<Vec<_>>());
    for row in &rows {
        let [criterion, _, how, check] = row[..] else { anyhow::bail!("{row:?}") };
        ensure!(!how.is_empty() && !check.is_empty(), "{criterion}");
        for module in check.split(", ").filter(|check| *check != "look") {
            let file = module.trim_matches('`').replace("::", "/");
            let file = Path::new(ROOT).join("tests/e2e/tests").join(file).with_extension("rs");
            let text = fs::read_to_string(&file).with_context(|| format!("{criterion}: no {module}"))?;
            ensure!(text.contains("#[test]"), "{criterion}: {module} has no test");
        }
    }
    Ok(())
}
