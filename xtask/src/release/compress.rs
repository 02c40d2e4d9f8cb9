//! The compressed twins of what a release build consists of: a server sends them as they are.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Made once for all who will ever fetch it: both at their strongest.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 4096;

/// What is appended to a file's name.
pub const GZIP: &str = "gz";
pub const BROTLI: &str = "br";

/// Writes the twins of all files of a build; the same build gets the same bytes.
pub fn compress_all(built: &Path) -> Result<()> {
    for path in files(built)? {
        let content = fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
        for (suffix, packed) in [(GZIP, gzip(&content)?), (BROTLI, brotli(&content)?)] {
            if packed.len() < content.len() {
                let twin = twin(&path, suffix);
                fs::write(&twin, packed).with_context(|| format!("{} could not be written", twin.display()))?;
            }
        }
    }
    Ok(())
}

/// Where a file's compressed twin is.
pub fn twin(path: &Path, suffix: &str) -> PathBuf {
    path.with_added_extension(suffix)
}

/// All files of a build: neither their twins, nor what a server hides.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let is_twin = path.extension().is_some_and(|extension| extension == GZIP || extension == BROTLI);
        if is_twin || entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Its header holds no time and no name.
fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
    encoder.write_all(content)?;
    Ok(encoder.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use brotli::Decompressor;
    use flate2::read::GzDecoder;

    use super::*;
    use crate::scratch::Scratch;

    fn unpacked(mut reader: impl Read) -> Vec<u8> {
        let mut content = Vec::new();
        reader.read_to_end(&mut content).expect("what was packed");
        content
    }

    #[test]
    fn the_twins_unpack_to_the_file_and_are_the_same_each_time() {
        let scratch = Scratch::new("twins");
        let content = b"a page that says the same thing again and again. ".repeat(200);
        let page = scratch.write("pages/app.js", &content);
        compress_all(scratch.folder()).expect("a writable folder");
        let twins = [GZIP, BROTLI].map(|suffix| fs::read(twin(&page, suffix)).expect("a twin"));
        assert_eq!(unpacked(GzDecoder::new(&twins[0][..])), content);
        assert_eq!(unpacked(Decompressor::new(&twins[1][..], BUFFER)), content);
        assert!(twins[1].len() < twins[0].len() && twins[0].len() < content.len() / 10);
        compress_all(scratch.folder()).expect("a writable folder");
        assert_eq!([GZIP, BROTLI].map(|suffix| fs::read(twin(&page, suffix)).expect("a twin")), twins);
    }

    #[test]
    fn what_does_not_get_smaller_is_sent_as_it_is() {
        let scratch = Scratch::new("incompressible");
        let tiny = scratch.write("tiny.js", b";");
        compress_all(scratch.folder()).expect("a writable folder");
        assert!([GZIP, BROTLI].iter().all(|suffix| !twin(&tiny, suffix).exists()));
    }

    #[test]
    fn neither_twins_nor_hidden_files_are_files_of_the_build() {
        let scratch = Scratch::new("files");
        let wanted = [scratch.write("icons/app.svg", b"x"), scratch.write("index.html", b"x")];
        for name in [".trunk-lock", "index.html.br", "index.html.gz"] {
            scratch.write(name, b"x");
        }
        assert_eq!(files(scratch.folder()).expect("a readable folder"), wanted);
    }
}
