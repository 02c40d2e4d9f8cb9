//! The app's WebAssembly, as wasm-opt leaves it and as it is served.

use std::ops::Range;

use anyhow::{Context, Result};
use rustc_demangle::demangle;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{KnownCustom, Name, Parser, Payload};

use super::short_names::ShortNames;

/// The module with short names towards its glue, and without what only tools read: the names of its functions above
/// all, of which `symbols` keeps a record.
pub fn served(module: &[u8], names: &mut ShortNames) -> Result<Vec<u8>> {
    let mut served = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("wasm-opt's output is no module")?;
        match &payload {
            Payload::ImportSection(imports) => served.section(&renamed_imports(imports.clone(), names)?),
            Payload::ExportSection(exports) => served.section(&renamed_exports(exports.clone(), names)?),
            Payload::CustomSection(_) => &mut served,
            other => match other.as_section() {
                Some((id, range)) => served.section(&RawSection { id, data: &module[indices(range)?] }),
                None => &mut served,
            },
        };
    }
    Ok(served.finish())
}

/// Each function's name, under the number that a stack trace gives where the names are gone.
pub fn symbols(module: &[u8]) -> Result<String> {
    let mut symbols = String::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        for part in names {
            let Name::Function(functions) = part? else { continue };
            for function in functions {
                let function = function?;
                // wasm-bindgen has done that for the module that it has seen.
                symbols += &format!("wasm-function[{}] {:#}\n", function.index, demangle(function.name));
            }
        }
    }
    Ok(symbols)
}

fn renamed_imports(imports: wasmparser::ImportSectionReader<'_>, names: &mut ShortNames) -> Result<ImportSection> {
    let mut renamed = ImportSection::new();
    for import in imports.into_imports() {
        let import = import?;
        let kind = RoundtripReencoder.entity_type(import.ty)?;
        renamed.import(import.module, names.give(import.name), kind);
    }
    Ok(renamed)
}

fn renamed_exports(exports: wasmparser::ExportSectionReader<'_>, names: &mut ShortNames) -> Result<ExportSection> {
    let mut renamed = ExportSection::new();
    for export in exports {
        let export = export?;
        let kind = RoundtripReencoder.export_kind(export.kind)?;
        renamed.export(names.give(export.name), kind, export.index);
    }
    Ok(renamed)
}

fn indices(range: Range<u64>) -> Result<Range<usize>> {
    Ok(range.start.try_into()?..range.end.try_into()?)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, Function, FunctionSection, NameMap, NameSection, TypeSection,
    };

    use super::*;

    /// One imported function, and one that is exported, as wasm-opt leaves them.
    fn linked() -> Vec<u8> {
        let mut module = Module::new();
        let (mut types, mut imports, mut exports) = (TypeSection::new(), ImportSection::new(), ExportSection::new());
        types.ty().function([], []);
        imports.import("./app_bg.js", "__wbg_now_0123456789abcdef", EntityType::Function(0));
        exports.export("wasm_bindgen__invoke__h00ff", ExportKind::Func, 1);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        functions.function(0);
        let mut body = Function::new([]);
        body.instructions().call(0).end();
        code.function(&body);
        let (mut names, mut of_functions) = (NameSection::new(), NameMap::new());
        of_functions.append(0, "js_sys::Date::now");
        of_functions.append(1, "_RNvCs5cOc02OMXlo_3app5start");
        names.functions(&of_functions);
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code).section(&names);
        module.finish()
    }

    fn strings(module: &[u8]) -> String {
        String::from_utf8_lossy(module).into_owned()
    }

    #[test]
    fn the_served_module_does_the_same_under_short_names() {
        let mut names = ShortNames::default();
        let served = served(&linked(), &mut names).expect("a module");
        assert_eq!(names.of("__wbg_now_0123456789abcdef"), Some("a"));
        assert_eq!(names.of("wasm_bindgen__invoke__h00ff"), Some("b"));
        let body = |module: &[u8]| {
            let payloads = Parser::new(0).parse_all(module).map(|payload| payload.expect("a valid module"));
            payloads
                .filter_map(|payload| {
                    if let Payload::CodeSectionEntry(body) = payload { Some(body.as_bytes().to_vec()) } else { None }
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(body(&served), body(&linked()));
        assert!(["__wbg", "invoke", "start"].iter().all(|text| !strings(&served).contains(text)));
    }

    #[test]
    fn symbols_number_functions_as_a_stack_trace_does_and_name_them_as_the_source_does() {
        let expected = "wasm-function[0] js_sys::Date::now\nwasm-function[1] app::start\n";
        assert_eq!(symbols(&linked()).expect("a module"), expected);
    }

    #[test]
    fn what_is_no_module_fails_the_build() {
        assert!(served(b"<!doctype html>", &mut ShortNames::default()).is_err());
    }
}
