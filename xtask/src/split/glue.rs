//! The JavaScript of the first module, which loads the second.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::cut::LINK;

const LOADER: &str = include_str!("loader.js");

/// Puts the loading into wasm-bindgen's file, where that imports it from a file of its own: one request less at the
/// start, and the address and the integrity of the module come from the page.
pub fn teach(glue: &Path, shared: &[String]) -> Result<()> {
    let text = fs::read_to_string(glue).with_context(|| format!("{} could not be read", glue.display()))?;
    let text = taught(&text, shared).with_context(|| format!("{} imports no second module", glue.display()))?;
    fs::write(glue, text)?;
    Ok(())
}

fn taught(glue: &str, shared: &[String]) -> Option<String> {
    let ending = format!(" from \"{LINK}\"");
    let import = glue.lines().find(|line| line.trim_end_matches(';').ends_with(&ending))?;
    let name = import.trim_end_matches(';').strip_suffix(&ending)?.strip_prefix("import * as ")?;
    let exports: Vec<_> = shared.iter().map(|export| format!("{export}: wasm.{export}")).collect();
    let loader = LOADER.replace("LINK", name).replace("SHARED", &exports.join(", "));
    Some(glue.replacen(import, &loader, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_import_makes_room_for_the_loader() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nlet wasm;\n";
        let taught = taught(glue, &["memory".to_owned()]).expect("an import of the second module");
        assert!(!taught.contains("__wasm_split.js") && taught.ends_with("let wasm;\n"), "{taught}");
        assert!(taught.contains("const import1 = ") && taught.contains("{ memory: wasm.memory }"), "{taught}");
    }

    #[test]
    fn a_file_that_imports_no_second_module_is_refused() {
        assert_eq!(taught("let wasm;", &[]), None);
    }
}
