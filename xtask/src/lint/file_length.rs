//! No file of code is so long that nobody reads it whole.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::project::Project;

const MOST_LINES: usize = 300;

const CODE: [&str; 5] = ["rs", "py", "js", "jsx", "css"];

pub(super) fn lint(project: &Project) -> Result<()> {
    let mut long = Vec::new();
    for file in project.sources()? {
        let is_code = file.extension().is_some_and(|extension| CODE.iter().any(|code| extension == *code));
        if is_code && is_long(&read(project, &file)?) {
            long.push(file.display().to_string());
        }
    }
    if !long.is_empty() {
        bail!("more than {MOST_LINES} lines: {}", long.join(", "));
    }
    Ok(())
}

fn read(project: &Project, file: &Path) -> Result<String> {
    fs::read_to_string(project.root().join(file)).with_context(|| format!("{} could not be read", file.display()))
}

fn is_long(text: &str) -> bool {
    text.lines().count() > MOST_LINES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_300_lines_is_not_too_long_and_one_of_301_is() {
        assert!(!is_long(&"a line\n".repeat(300)));
        assert!(is_long(&"a line\n".repeat(301)));
    }
}
