//! What is written from the rows, and what is written twice.

use std::fs;

use anyhow::{Result, ensure};
use contract::{document, repository};

#[test]
fn docs_backends_md_says_what_the_tests_prove() -> Result<()> {
    let (file, expected) = (repository().join("docs/backends.md"), document()?);
    let committed = fs::read_to_string(&file).unwrap_or_default();
    if committed != expected {
        fs::write(&file, expected)?;
    }
    ensure!(
        committed == fs::read_to_string(&file)?,
        "docs/backends.md was out of date, and is written anew: commit it"
    );
    Ok(())
}

#[test]
fn the_readmes_quick_start_is_the_example() -> Result<()> {
    let readme = fs::read_to_string(repository().join("README.md"))?;
    let example = fs::read_to_string(repository().join("examples/stock-dj-rest-auth/src/main.rs"))?;
    ensure!(readme.contains(&format!("```rust\n{example}```\n")), "README.md shows another app than the example");
    Ok(())
}

#[test]
fn an_example_is_shorter_than_80_lines() -> Result<()> {
    for name in ["stock-dj-rest-auth", "simplejwt", "allauth-headless", "axum"] {
        let lines = fs::read_to_string(repository().join("examples").join(name).join("src/main.rs"))?.lines().count();
        ensure!(lines < 80, "{name} has {lines} lines");
    }
    Ok(())
}

/// `uv run server.py` installs what its first lines name.
#[test]
fn the_examples_pin_what_the_tests_run() -> Result<()> {
    let lock = fs::read_to_string(repository().join("tests/contract/servers/requirements.lock"))?;
    for name in ["stock-dj-rest-auth", "simplejwt", "allauth-headless"] {
        let server = fs::read_to_string(repository().join("examples").join(name).join("server.py"))?;
        let pins: Vec<_> = server.lines().filter_map(|line| line.strip_prefix("#   \"")?.strip_suffix("\",")).collect();
        ensure!(!pins.is_empty(), "{name} has no dependencies");
        for pin in pins {
            ensure!(
                lock.lines().any(|line| line.split(' ').next() == Some(pin)),
                "{name} pins {pin}, the tests do not"
            );
        }
    }
    Ok(())
}
