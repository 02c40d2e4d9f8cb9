//! The figures as a table in Markdown.

use std::fmt;

use crate::measure::{Figures, Row};
use crate::page::Load;

pub struct Table<'r>(pub &'r [Row]);

const HEAD: [&str; 7] =
    ["posts", "step", "painted after ms", "complete after ms", "scripting ms", "main thread ms", "DOM mutations"];

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = HEAD.map(str::to_owned);
        let rows: Vec<_> = self.0.iter().map(cells).collect();
        let width = |column: usize| rows.iter().chain([&head]).map(|row| row[column].len()).max().unwrap_or(0);
        let widths: [usize; 7] = std::array::from_fn(width);
        line(f, &head, &widths)?;
        line(f, &widths.map(|width| "-".repeat(width)), &widths)?;
        rows.iter().try_for_each(|row| line(f, row, &widths))
    }
}

fn line(f: &mut fmt::Formatter<'_>, cells: &[String; 7], widths: &[usize; 7]) -> fmt::Result {
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if column == 1 { write!(f, "| {cell:<width$} ")? } else { write!(f, "| {cell:>width$} ")? }
    }
    writeln!(f, "|")
}

fn cells(row: &Row) -> [String; 7] {
    let ms = |value: f64| format!("{value:.1}");
    let none = String::new;
    let figures = match &row.figures {
        Figures::FirstList(Load { painted, complete }) => [ms(*painted), ms(*complete), none(), none(), none()],
        Figures::Poll { scripting, all, mutations } => {
            let of_updated = mutations.updated.len();
            let mutations = format!("{} (+{of_updated} \"Updated\")", mutations.rows + mutations.elsewhere);
            [none(), none(), ms(*scripting), ms(*all), mutations]
        }
    };
    let [painted, complete, scripting, all, mutations] = figures;
    [grouped(row.posts), row.step.to_owned(), painted, complete, scripting, all, mutations]
}

fn grouped(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", grouped(number / 1000), number % 1000) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Mutations;

    #[test]
    fn columns_line_up_and_updated_counts_apart() {
        let mutations = Mutations { rows: 2, elsewhere: 1, updated: vec!["characterData".to_owned()] };
        let load = Load { painted: 12.34, complete: 1234.5 };
        let rows = [
            Row { posts: 100, step: "first list", figures: Figures::FirstList(load) },
            Row { posts: 10_000, step: "poll", figures: Figures::Poll { scripting: 1.0, all: 2.25, mutations } },
        ];
        let table = Table(&rows).to_string();
        let lines: Vec<_> = table.lines().collect();
        assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{table}");
        let cells = |line: usize| lines[line].split('|').map(str::trim).collect::<Vec<_>>();
        assert_eq!(cells(2), ["", "100", "first list", "12.3", "1234.5", "", "", "", ""]);
        assert_eq!(cells(3), ["", "10,000", "poll", "", "", "1.0", "2.2", "3 (+1 \"Updated\")", ""]);
    }
}
