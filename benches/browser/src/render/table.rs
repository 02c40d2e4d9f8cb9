//! The figures as a table.

use super::measure::{Figures, Row};
use super::page::Load;
use crate::markdown::{Column, Table};

const HEAD: [Column; 7] = [
    Column::Figures("posts"),
    Column::Words("step"),
    Column::Figures("painted after ms"),
    Column::Figures("complete after ms"),
    Column::Figures("scripting ms"),
    Column::Figures("main thread ms"),
    Column::Figures("DOM mutations"),
];

pub fn table(rows: &[Row]) -> Table<7> {
    Table { head: HEAD, rows: rows.iter().map(cells).collect() }
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
    use crate::render::page::Mutations;

    #[test]
    fn updated_counts_apart() {
        let mutations = Mutations { rows: 2, elsewhere: 1, updated: vec!["characterData".to_owned()] };
        let load = Load { painted: 12.34, complete: 1234.5 };
        let first = Row { posts: 100, step: "first list", figures: Figures::FirstList(load) };
        assert_eq!(cells(&first), ["100", "first list", "12.3", "1234.5", "", "", ""]);
        let poll = Row { posts: 10_000, step: "poll", figures: Figures::Poll { scripting: 1.0, all: 2.25, mutations } };
        assert_eq!(cells(&poll), ["10,000", "poll", "", "", "1.0", "2.2", "3 (+1 \"Updated\")"]);
    }
}
