//! Figures as a table in Markdown.

use std::fmt;

/// Words to the left, figures to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Words(&'static str),
    Figures(&'static str),
}

/// A table: its head, and its rows.
pub struct Table<const N: usize> {
    pub head: [Column; N],
    pub rows: Vec<[String; N]>,
}

impl Column {
    fn name(self) -> &'static str {
        let (Self::Words(name) | Self::Figures(name)) = self;
        name
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head.map(|column| column.name().to_owned());
        let width = |column: usize| self.rows.iter().chain([&head]).map(|row| row[column].len()).max().unwrap_or(0);
        let widths: [usize; N] = std::array::from_fn(width);
        self.line(f, &head, widths)?;
        self.line(f, &widths.map(|width| "-".repeat(width)), widths)?;
        self.rows.iter().try_for_each(|row| self.line(f, row, widths))
    }
}

impl<const N: usize> Table<N> {
    fn line(&self, f: &mut fmt::Formatter<'_>, cells: &[String; N], widths: [usize; N]) -> fmt::Result {
        for ((column, cell), width) in self.head.iter().zip(cells).zip(widths) {
            match column {
                Column::Words(_) => write!(f, "| {cell:<width$} ")?,
                Column::Figures(_) => write!(f, "| {cell:>width$} ")?,
            }
        }
        writeln!(f, "|")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_words_left_and_figures_right() {
        let head = [Column::Words("step"), Column::Figures("ms")];
        let rows = vec![["first list".to_owned(), "12.3".to_owned()], ["poll".to_owned(), "2".to_owned()]];
        let table = Table { head, rows }.to_string();
        let expected = "| step       |   ms |\n| ---------- | ---- |\n| first list | 12.3 |\n| poll       |    2 |\n";
        assert_eq!(table, expected);
    }
}
