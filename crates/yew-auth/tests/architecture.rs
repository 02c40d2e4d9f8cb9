//! What Cargo cannot say of the library: inside it, the hooks use the driver, the driver the client, the client the edge,
//! and nothing points back.

#![cfg(not(target_family = "wasm"))]

use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 300;

/// A folder of `src/`, and what its files may not name.
const LAYERS: [(&str, &[&str]); 2] = [
    ("browser", &["crate::api", "crate::driver", "yew::", "SessionMachine"]),
    ("api", &["crate::driver", "yew::", "SessionMachine"]),
];

#[test]
fn no_layer_names_one_above_it() {
    for (layer, forbidden) in LAYERS {
        for (path, source) in sources(layer) {
            for name in forbidden {
                assert!(!source.contains(name), "{} names {name}", path.display());
            }
        }
    }
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    for (path, source) in sources("") {
        let lines = source.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
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
