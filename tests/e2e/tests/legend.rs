//! docs/testing.md explains the ids in the names of all tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const FOLDERS: [&str; 5] = ["src", "crates", "tests", "backend/tests", "backend/yew-auth-django/tests"];

/// The ids at the beginning of a test's name: `s5` and `f6` in `s5_f6_a_fact`.
fn ids(name: &str) -> impl Iterator<Item = &str> {
    let is_id = |word: &&str| {
        word.strip_prefix(|letter: char| "otsbxfic".contains(letter))
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
    };
    name.split('_').take_while(is_id)
}

/// The names of the functions that a line of Rust or Python defines.
fn function_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest =
        ["fn ", "async fn ", "def test_", "async def test_"].iter().find_map(|start| line.strip_prefix(start))?;
    rest.split('(').next()
}

fn collect_ids(folder: &Path, found: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect_ids(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "py") {
            let text = fs::read_to_string(&path)?;
            found.extend(text.lines().filter_map(function_name).flat_map(ids).map(str::to_owned));
        }
    }
    Ok(())
}

#[test]
fn every_id_in_the_name_of_a_test_is_in_the_legend() -> Result<()> {
    let legend = fs::read_to_string(Path::new(ROOT).join("docs/testing.md"))?;
    let mut found = BTreeSet::new();
    for folder in FOLDERS {
        collect_ids(&Path::new(ROOT).join(folder), &mut found)?;
    }
    assert!(found.len() > 50, "the names of the tests were read: {found:?}");
    let unexplained: Vec<_> = found.iter().filter(|id| !legend.contains(&format!("\n| {id} |"))).collect();
    assert!(unexplained.is_empty(), "docs/testing.md lacks {unexplained:?}");
    Ok(())
}
