//! The names of the functions of a release, for whoever reads a stack trace: the served modules have none.

use std::fs;

use anyhow::{Context, Result};
use rustc_demangle::demangle;

use super::assets::Asset;
use crate::project::Project;

/// Keeps the names of a served module beside the release, not in it.
pub fn keep(project: &Project, module: &Asset, function_map: &str) -> Result<()> {
    let folder = project.symbols();
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{}.txt", module.name)), symbols(function_map)?)?;
    Ok(())
}

/// Each function under the name that a stack trace has for it.
fn symbols(function_map: &str) -> Result<String> {
    let mut symbols = String::new();
    for line in function_map.lines() {
        let (number, name) = line.split_once(':').with_context(|| format!("`{line}` is no line of a function map"))?;
        symbols += &format!("wasm-function[{number}] {:#}\n", demangle(name));
    }
    Ok(symbols)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_found_by_what_a_stack_trace_calls_it_and_named_as_in_the_source() {
        let map = "0:fimport$0\n12:_RNvCs5cOc02OMXlo_3app5start\n13:yew::Scope<T>::render::h00ff\n";
        let expected = "wasm-function[0] fimport$0\nwasm-function[12] app::start\n\
                        wasm-function[13] yew::Scope<T>::render::h00ff\n";
        assert_eq!(symbols(map).expect("a function map"), expected);
    }

    #[test]
    fn what_is_no_function_map_fails_the_build() {
        assert!(symbols("warning").is_err());
    }
}
