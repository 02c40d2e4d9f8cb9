//! The second module in a finished build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::finish::bundle::{hash, integrity};

/// Writes the module under a name with its hash, and into the page where it is and what it must be. Hands over
/// the name.
pub fn add(built: &Path, module: &[u8]) -> Result<String> {
    let path = built.join("index.html");
    let page = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
    let name = name(module);
    let page = linked(&page, &name, module).context("the page has no head to name the second module in")?;
    fs::write(built.join(&name), module)?;
    fs::write(path, page)?;
    Ok(name)
}

fn name(module: &[u8]) -> String {
    format!("later-{}.wasm", hash(module))
}

/// A link without a `rel` says where something is, and loads nothing: static/boot.js and the loader use it.
fn linked(page: &str, name: &str, module: &[u8]) -> Option<String> {
    let (before, after) = page.split_once("</head>")?;
    let link = format!(
        "<link data-later href=\"/{name}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\" \
         integrity=\"{}\">",
        integrity(module)
    );
    Some(format!("{before}{link}</head>{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn the_page_names_the_module_and_what_it_must_be() {
        let scratch = Scratch::new("second-module");
        scratch.write("index.html", b"<head></head><body></body>");
        let name = add(scratch.folder(), b"\0asm").expect("a page");
        let page = fs::read_to_string(scratch.folder().join("index.html")).expect("still there");
        assert!(page.contains(&format!("href=\"/{name}\"")) && page.ends_with("></head><body></body>"), "{page}");
        assert!(page.contains("integrity=\"sha384-"), "{page}");
        assert_eq!(fs::read(scratch.folder().join(name)).expect("the module"), b"\0asm");
    }
}
