//! What the linker has to be told for an app in two modules.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_wasm = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if is_wasm && env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        // The cut needs to know who calls whom, which the linker otherwise keeps to itself. A flag in the environment of
        // trunk would reach the host's own linker too, by way of the hook.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
