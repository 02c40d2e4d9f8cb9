//! What Cargo cannot say about the library: hooks use the driver, the driver uses the client, the client uses dialect and
//! transport, and these use the browser. Nothing points back.

#![cfg(not(target_family = "wasm"))]

use std::fs;
use std::path::{Path, PathBuf};

const MOST_FILES: usize = 12;

/// The folders of `src/` from the bottom up. A file names no folder that comes after its own.
const LAYERS: [&str; 5] = ["browser", "transport", "dialect", "client", "driver"];

/// What the layers below the driver have no use for.
const ABOVE: [&str; 4] = ["crate::poll", "crate::provider", "crate::use_", "yew::"];

#[test]
fn no_layer_names_one_above_it() {
    for (place, layer) in LAYERS.iter().enumerate() {
        let higher = LAYERS[place + 1..].iter().map(|layer| format!("crate::{layer}"));
        let forbidden: Vec<String> = higher.chain(ABOVE.map(str::to_owned)).collect();
        for (path, source) in sources(layer) {
            for name in &forbidden {
                assert!(!source.contains(name), "{} names {name}", path.display());
            }
        }
    }
}

#[test]
fn no_folder_has_more_than_a_dozen_files() {
    let mut files = std::collections::BTreeMap::<PathBuf, usize>::new();
    for (path, _) in sources("") {
        *files.entry(path.parent().unwrap().to_owned()).or_default() += 1;
    }
    for (folder, count) in files {
        assert!(count <= MOST_FILES, "{} has {count} files", folder.display());
    }
}

/// The README here is compiled as a test of its own.
#[test]
fn both_readmes_show_the_same_quick_start() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let quick_start = |readme: PathBuf| {
        let text = fs::read_to_string(readme).unwrap();
        let code = text.split("```rust").nth(1).unwrap().split_once('\n').unwrap().1;
        code.split("```").next().unwrap().to_owned()
    };
    assert_eq!(quick_start(crate_folder.join("README.md")), quick_start(crate_folder.join("../../README.md")));
}

fn sources(layer: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(layer)];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).unwrap();
                sources.push((path, source));
            }
        }
    }
    assert!(!sources.is_empty(), "src/{layer} has no source");
    sources
}
