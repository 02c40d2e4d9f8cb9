//! The floors of the house, held against the source: a file's path tells what it may touch.
//!
//! 1 core (`src/session`), 2 edge (`src/browser`, `src/api`), 3 yew (`src/auth`), 4 app (`src/app`, `src/main.rs`).

#![cfg(not(target_family = "wasm"))]

#[path = "architecture/paths.rs"]
mod paths;

use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 320;

/// Names that gather whatever has no place.
const VAGUE: [&str; 8] = ["common", "helper", "helpers", "misc", "types", "util", "utils", "shared_types"];

/// The clocks of `std` panic in a browser, and the core is given its time.
const CLOCKS: [&str; 2] = ["std::time::SystemTime", "std::time::Instant"];

/// What a floor may touch, as prefixes of paths. What is neither of the crate nor of a dependency is free.
struct Floor {
    folder: &'static str,
    own: &'static [&'static str],
    dependencies: &'static [&'static str],
    /// Of `std`, which is free otherwise.
    forbidden: &'static [&'static str],
}

const FLOORS: [Floor; 5] = [
    Floor {
        folder: "session",
        own: &["crate::session"],
        dependencies: &["hifijson", "jwt_compact", "serde", "serde_json"],
        forbidden: &["std::env", "std::fs", "std::io", "std::net", "std::os", "std::process", "std::thread"],
    },
    Floor {
        folder: "browser",
        own: &["crate::browser", "crate::session::Now", "crate::session::Timestamp"],
        dependencies: &[
            "gloo_events",
            "gloo_net",
            "gloo_storage",
            "gloo_timers",
            "js_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "web_sys",
            "zeroize",
        ],
        forbidden: &[],
    },
    Floor {
        folder: "api",
        own: &["crate::api", "crate::browser", "crate::session"],
        dependencies: &["gloo_net", "serde", "web_sys", "zeroize"],
        forbidden: &[],
    },
    Floor {
        folder: "auth",
        own: &["crate::auth", "crate::api", "crate::browser", "crate::session"],
        dependencies: &["gloo_net", "gloo_timers", "serde", "serde_json", "wasm_bindgen_futures", "yew"],
        forbidden: &[],
    },
    Floor {
        folder: "app",
        own: &["crate::app"],
        dependencies: &[
            "gloo_events",
            "gloo_timers",
            "js_sys",
            "serde",
            "talc",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "wasm_split_helpers",
            "web_sys",
            "yew",
            "yew_auth",
        ],
        forbidden: &[],
    },
];

impl Floor {
    /// The floor of a file, by its path below `src`.
    fn of(file: &Path) -> Option<&'static Self> {
        let name = file.components().next()?.as_os_str().to_str()?;
        let folder = if name == "main.rs" { "app" } else { name.trim_end_matches(".rs") };
        FLOORS.iter().find(|floor| floor.folder == folder)
    }

    fn violations(&self, file: &Path, source: &str, dependencies: &[String]) -> Vec<String> {
        let allows = |path: &str| {
            let first = path.split("::").next().unwrap_or_default();
            if first == "crate" {
                return starts_with_any(path, self.own);
            }
            let is_dependency = dependencies.iter().any(|name| name == first);
            let is_allowed = !is_dependency || self.dependencies.contains(&first);
            is_allowed && !starts_with_any(path, self.forbidden) && !starts_with_any(path, &CLOCKS)
        };
        let paths = paths::used(source, &paths::module_of(file));
        paths.into_iter().filter(|path| !allows(path)).map(|path| format!("{}: {path}", file.display())).collect()
    }
}

fn starts_with_any(path: &str, prefixes: &[&str]) -> bool {
    prefixes
        .iter()
        .any(|prefix| path == *prefix || path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("::")))
}

/// The names by which source calls the crates in `[dependencies]`, and this one.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = vec!["yew_auth".to_owned()];
    let mut in_dependencies = false;
    for line in manifest.lines() {
        if let Some(table) = line.trim().strip_prefix('[') {
            in_dependencies = table == "dependencies]";
            if let Some(name) = table.strip_prefix("dependencies.") {
                names.push(name.trim_end_matches(']').replace('-', "_"));
            }
        } else if in_dependencies && let Some((name, _)) = line.split_once('=') {
            names.push(name.trim().replace('-', "_"));
        }
    }
    names
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Each file below `src`, by its path there, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let src = root().join("src");
    let mut folders = vec![src.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push((path.strip_prefix(&src).unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

fn check(file: &str, source: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let file = Path::new(file);
    Floor::of(file).unwrap().violations(file, source, &dependencies(&manifest))
}

#[test]
fn no_floor_reaches_above_itself() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let dependencies = dependencies(&manifest);
    let violations: Vec<_> = sources()
        .iter()
        .filter_map(|(file, source)| Some(Floor::of(file)?.violations(file, source, &dependencies)))
        .flatten()
        .collect();
    assert!(violations.is_empty(), "{violations:#?}");
}

#[test]
fn every_file_but_the_crates_root_stands_on_a_floor() {
    let homeless: Vec<_> =
        sources().into_iter().map(|(file, _)| file).filter(|file| Floor::of(file).is_none()).collect();
    assert_eq!(homeless, [Path::new("lib.rs")]);
}

#[test]
fn the_crates_root_has_no_logic() {
    let source = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let words = paths::words(&source);
    for keyword in ["fn", "impl", "enum", "trait", "static", "macro_rules"] {
        assert!(!words.contains(&keyword.to_owned()), "src/lib.rs has a `{keyword}`");
    }
}

#[test]
fn no_module_has_a_vague_name() {
    for (file, _) in sources() {
        let names = file.with_extension("");
        let vague = names.iter().filter_map(|name| name.to_str()).find(|name| VAGUE.contains(name));
        assert_eq!(vague, None, "{}", file.display());
    }
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    for (file, source) in sources() {
        let lines = source.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", file.display());
    }
}

#[test]
fn the_scanner_turns_red_on_each_planted_arrow() {
    let planted = [
        ("session/machine.rs", "use web_sys::window;"),
        ("session/machine.rs", "fn f() { let now = js_sys::Date::now(); }"),
        ("session/machine/refresh.rs", "use gloo_timers::callback::Timeout;"),
        ("session/machine/refresh.rs", "use std::{fmt, time::{Duration, Instant}};"),
        ("session/time.rs", "fn f() { std::time::SystemTime::now(); }"),
        ("session/record.rs", "use crate::browser::storage;"),
        ("session/record.rs", "use crate::{browser::storage, session::Now};"),
        ("session/record.rs", "use super::super::api::Provider;"),
        ("session/machine/shared.rs", "use super::super::super::auth::driver;"),
        ("session/record.rs", "mod tests { use super::super::super::browser::clock; }"),
        ("session.rs", "use crate::*;"),
        ("session.rs", "use yew::Callback;"),
        ("session.rs", "fn read() { std::fs::read(\"x\"); }"),
        ("browser/clock.rs", "use crate::session::SessionMachine;"),
        ("browser/clock.rs", "use crate::session::*;"),
        ("browser/clock.rs", "use crate::api::ApiClient;"),
        ("browser/http.rs", "use yew::prelude::*;"),
        ("browser/http.rs", "use serde_json::Value;"),
        ("api/client.rs", "use crate::auth::AuthConfig;"),
        ("api/client.rs", "fn f(callback: yew::Callback<()>) {}"),
        ("auth/driver.rs", "use crate::app::route::Route;"),
        ("auth/driver.rs", "use js_sys::Date;"),
        ("app/route.rs", "use crate::session::SessionState;"),
        ("app/pages/home.rs", "use super::super::super::auth::UseAuthHandle;"),
        ("main.rs", "use crate::session::SessionState;"),
    ];
    for (file, source) in planted {
        assert_eq!(check(file, source).len(), 1, "{file}: {source}: {:?}", check(file, source));
    }
}

#[test]
fn the_scanner_leaves_alone_what_is_allowed_and_what_is_only_text() {
    let innocent = [
        (
            "session/machine.rs",
            "use super::time::Now; use crate::session::{record::Stored, token::*}; pub(crate) fn f() {}",
        ),
        ("session/machine.rs", "// use web_sys::window;\n/* yew::html /* js_sys::Date */ gloo_net::http */"),
        ("session/machine.rs", r##"const A: &str = "\"web_sys::window"; const B: &str = r#"" yew::html "#;"##),
        ("session/machine.rs", "fn f<'a>(x: &'a str) -> char { 'y' } fn g() { let q = '\"'; std::mem::take(&mut x); }"),
        ("session/record.rs", "#[cfg(test)] mod tests { use super::*; use super::super::time::Now; }"),
        ("session/record.rs", "fn f() { Credentials::Bearer { access }; Vec::<u8>::new(); self.yew.browser(); }"),
        (
            "browser/clock.rs",
            "use crate::session::{Now, Timestamp}; use super::storage::SharedItem; use web_sys::Window;",
        ),
        ("api/client.rs", "use crate::browser::http; use crate::session::Claims; use super::base::ApiBase;"),
        ("auth/driver.rs", "use crate::api::ApiClient; use yew::prelude::*; use super::config::AuthConfig;"),
        ("app/pages/home.rs", "use yew_auth::{Session, use_auth}; use crate::app::route::Route; use yew::prelude::*;"),
        ("main.rs", "mod app; fn main() { app::start(); }"),
    ];
    for (file, source) in innocent {
        assert_eq!(check(file, source), Vec::<String>::new(), "{file}: {source}");
    }
}
