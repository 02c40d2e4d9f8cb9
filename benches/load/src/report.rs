//! The tables, and their places in docs/performance.md.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result};

/// A table: its head, and its rows.
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|&name| name.to_owned()).collect(), rows: Vec::new() }
    }

    /// Tells it, too: a run takes minutes.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<_> = cells.into_iter().collect();
        eprintln!("{}", cells.join("  "));
        self.rows.push(cells);
    }

    /// In Markdown.
    pub fn text(&self) -> String {
        let rule = vec!["---".to_owned(); self.head.len()];
        let lines = [&self.head, &rule].into_iter().chain(&self.rows);
        lines.fold(String::new(), |mut text, cells| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "| {} |", cells.join(" | "));
            text
        })
    }
}

/// Where tables go.
pub struct Report<'r> {
    /// Of the checkout.
    pub root: &'r Path,
    /// Whether they are shown and no more.
    pub is_quick: bool,
}

impl Report<'_> {
    /// Shows a table, and replaces what the document has between the two comments of this name.
    pub fn table(&self, document: &str, name: &str, text: &str) -> Result<()> {
        let text = &format!("{text}\n{}\n", machine()?);
        println!("\n{name}\n\n{text}");
        if self.is_quick {
            return Ok(());
        }
        let file = self.root.join(document);
        let old = fs::read_to_string(&file).with_context(|| format!("{document} cannot be read"))?;
        let new = replaced(&old, name, text).with_context(|| format!("{document} has no place for {name}"))?;
        fs::write(&file, new).with_context(|| format!("{document} cannot be written"))
    }
}

/// What the figures are of, and how busy it was with other things, too.
fn machine() -> Result<String> {
    let cores = thread::available_parallelism()?;
    let load = fs::read_to_string("/proc/loadavg").context("this needs Linux")?;
    let minutes = load.split(' ').nth(1).context("/proc/loadavg has another form")?;
    Ok(format!("{cores} cores, with all else that ran there; load average {minutes} over five minutes."))
}

fn replaced(old: &str, name: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let (before, rest) = old.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{text}\n{end}{after}"))
}

/// 1234567 as 1,234,567, and small figures with a decimal.
pub fn figure(value: f64) -> String {
    if value < 10.0 && value.fract() != 0.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_replaces_the_former_one_and_nothing_else() {
        let old = "a\n<!-- load -->\nold\n<!-- end of load -->\nb\n";
        let new = replaced(old, "load", "| x |").expect("there is a place");
        assert_eq!(new, "a\n<!-- load -->\n\n| x |\n<!-- end of load -->\nb\n");
        assert_eq!(replaced(&new, "load", "| x |").as_deref(), Some(new.as_str()));
        assert_eq!(replaced(old, "growth", ""), None);
    }

    #[test]
    fn figures_are_grouped_by_thousands() {
        assert_eq!(
            [figure(1_234_567.2), figure(999.6), figure(12.3), figure(4.25)],
            ["1,234,567", "1,000", "12", "4.2"]
        );
    }

    #[test]
    fn a_table_has_a_head_a_rule_and_rows() {
        let mut table = Table::new(&["request", "a second"]);
        table.row(["refresh".to_owned(), "7".to_owned()]);
        assert_eq!(table.text(), "| request | a second |\n| --- | --- |\n| refresh | 7 |\n");
    }
}
