//! The build as a table.

use super::file::{File, Role, Sizes};
use super::ledger::Ledger;

const SUMS: [(&str, Role); 2] = [("page, wasm + JS at the start", Role::Startup), ("wasm + JS, lazy", Role::Lazy)];

/// A row a file, the sums, and beside each what brotli has gained or lost since the last record.
pub fn table(files: &[File], ledger: &Ledger) -> String {
    let mut rows: Vec<_> = files.iter().map(|file| row(&file.name, file.sizes, ledger.recorded(&file.name))).collect();
    for name in ledger.gone(files) {
        rows.push(row(name, Sizes::default(), ledger.recorded(name)));
    }
    let recorded = recorded(files, ledger);
    for (name, role) in SUMS {
        let sum = Sizes::of_role(files, role);
        if sum != Sizes::default() {
            rows.push(row(name, sum, Some(Sizes::of_role(&recorded, role))));
        }
    }
    let all = |files: &[File]| Sizes::sum(files.iter().map(|file| &file.sizes));
    rows.push(row("all", all(files), Some(all(&recorded))));
    printed(&rows, ledger.budget())
}

/// The same files as they were recorded; what is gone counts with those of its kind.
pub fn recorded(files: &[File], ledger: &Ledger) -> Vec<File> {
    let known =
        files.iter().map(|file| File { sizes: ledger.recorded(&file.name).unwrap_or_default(), ..file.clone() });
    let gone = ledger.gone(files).into_iter().map(|name| File {
        name: name.to_owned(),
        role: Role::of(name, ledger.lazy()),
        sizes: ledger.recorded(name).unwrap_or_default(),
    });
    known.chain(gone).collect()
}

fn row(name: &str, sizes: Sizes, recorded: Option<Sizes>) -> [String; 5] {
    let change = match recorded {
        None => "new".to_owned(),
        Some(recorded) => change(sizes.brotli, recorded.brotli),
    };
    [name.to_owned(), sizes.raw.to_string(), sizes.gzip.to_string(), sizes.brotli.to_string(), change]
}

fn change(now: usize, before: usize) -> String {
    match (now, before) {
        _ if now == before => "=".to_owned(),
        (0, _) => "gone".to_owned(),
        _ if now > before => format!("+{}", now - before),
        _ => format!("-{}", before - now),
    }
}

fn printed(rows: &[[String; 5]], budget: usize) -> String {
    let width = rows.iter().map(|row| row[0].len()).max().unwrap_or(0);
    let head = ["bytes", "raw", "gzip", "brotli", "change"].map(str::to_owned);
    let line = |[name, raw, gzip, brotli, change]: &[String; 5]| {
        format!("{name:<width$}{raw:>10}{gzip:>10}{brotli:>10}{change:>10}\n")
    };
    let lines: String = std::iter::once(&head).chain(rows).map(line).collect();
    format!("{lines}{:<width$}{:>10}{:>10}{budget:>10}\n", "budget at the start", "", "")
}
