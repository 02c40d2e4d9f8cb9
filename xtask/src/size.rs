//! `size`: what a browser has to fetch of the release build, file by file.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::project::Project;

/// The strongest level, and the window that a server's precompressed files have.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 4096;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    print(&project.dist())
}

/// Prints the table for a build that exists.
pub fn print(dist: &Path) -> Result<()> {
    ensure!(dist.join("index.html").is_file(), "{} holds no build; run `cargo xtask build` first", dist.display());
    let mut files = files(dist)?
        .into_iter()
        .map(|path| {
            let content = fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
            let name = path.strip_prefix(dist).unwrap_or(&path).display().to_string();
            Ok((name, Sizes::of(&content)?))
        })
        .collect::<Result<Vec<_>>>()?;
    files.sort_by_key(|(name, sizes)| (std::cmp::Reverse(sizes.raw), name.clone()));
    println!("\n{}", table(&files));
    Ok(())
}

/// All files below a folder, but those that a server hides.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}

impl Sizes {
    fn of(content: &[u8]) -> io::Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(content)?;
        let mut brotli = CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
        brotli.write_all(content)?;
        Ok(Self { raw: content.len(), gzip: gzip.finish()?.len(), brotli: brotli.into_inner().len() })
    }

    fn sum<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        all.into_iter().fold(Self::default(), |sum, one| Self {
            raw: sum.raw + one.raw,
            gzip: sum.gzip + one.gzip,
            brotli: sum.brotli + one.brotli,
        })
    }
}

fn table(files: &[(String, Sizes)]) -> String {
    let is_code = |name: &str| [".wasm", ".js"].iter().any(|suffix| name.ends_with(suffix));
    let code = Sizes::sum(files.iter().filter(|(name, _)| is_code(name)).map(|(_, sizes)| sizes));
    let all = Sizes::sum(files.iter().map(|(_, sizes)| sizes));
    let sums = [("wasm + JS".to_owned(), code), ("all".to_owned(), all)];
    let width = files.iter().chain(&sums).map(|(name, _)| name.len()).max().unwrap_or(0);

    let mut table = format!("{:<width$}{:>10}{:>10}{:>10}\n", "bytes", "raw", "gzip", "brotli");
    for (name, Sizes { raw, gzip, brotli }) in files.iter().chain(&sums) {
        table += &format!("{name:<width$}{raw:>10}{gzip:>10}{brotli:>10}\n");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_a_stream_that_unpacks_to_the_content() {
        let content = b"a page that says the same thing again and again. ".repeat(200);
        let sizes = Sizes::of(&content).expect("memory takes any write");
        assert_eq!(sizes.raw, content.len());
        assert!(sizes.brotli < sizes.gzip && sizes.gzip < sizes.raw / 10, "{sizes:?}");
    }

    #[test]
    fn wasm_and_js_are_summed_apart_from_the_rest() {
        let sizes = |raw| Sizes { raw, gzip: raw / 2, brotli: raw / 4 };
        let files = [("app.wasm", 4000), ("app.js", 400), ("index.html", 40)];
        let table = table(&files.map(|(name, raw)| (name.to_owned(), sizes(raw))));
        let rows: Vec<Vec<_>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[4], ["wasm", "+", "JS", "4400", "2200", "1100"]);
        assert_eq!(rows[5], ["all", "4440", "2220", "1110"]);
    }

    #[test]
    fn hidden_files_are_not_counted() {
        let folder = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::create_dir_all(folder.join("icons")).expect("a folder");
        for name in [".trunk-lock", "index.html", "icons/app.svg"] {
            fs::write(folder.join(name), "x").expect("a file");
        }
        let mut found = files(&folder).expect("a readable folder");
        found.sort();
        fs::remove_dir_all(&folder).expect("our own folder");
        assert_eq!(found, [folder.join("icons/app.svg"), folder.join("index.html")]);
    }
}
