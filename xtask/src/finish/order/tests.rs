use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, NameMap, NameSection, RefType, TableSection, TableType, TypeSection,
};

use super::*;
use crate::finish::module::symbols;

/// One imported function and four of its own: the second calls the fourth, which resembles it; the third is in a table.
fn module() -> Vec<u8> {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("./app_bg.js", "a", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    let bodies: [&[i32]; 4] =
        [&[1000, 2000, 3000, 4000, 5000], &[7_000_001, 8_000_001], &[1000, 2000], &[7_000_001, 8_000_001]];
    for (number, constants) in bodies.iter().enumerate() {
        functions.function(0);
        let mut body = Function::new([]);
        for constant in *constants {
            body.instructions().i32_const(*constant).drop();
        }
        if number == 1 {
            body.instructions().call(4);
        }
        body.instructions().end();
        code.function(&body);
    }
    let mut tables = TableSection::new();
    let table =
        TableType { element_type: RefType::FUNCREF, minimum: 1, maximum: Some(1), table64: false, shared: false };
    tables.table(table);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions((&[3][..]).into()));
    let mut exports = ExportSection::new();
    exports.export("b", ExportKind::Func, 2);
    let (mut names, mut of_functions) = (NameSection::new(), NameMap::new());
    for (number, name) in (0..).zip(["imported", "long", "caller", "short", "called"]) {
        of_functions.append(number, name);
    }
    names.functions(&of_functions);
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&exports);
    module.section(&elements).section(&code).section(&names);
    module.finish()
}

/// What the module says, with the functions by their names.
fn facts(module: &[u8]) -> Vec<String> {
    let names = symbols(module).expect("names");
    let name = |index: u32| {
        let line = names.lines().find_map(|line| line.strip_prefix(&format!("wasm-function[{index}] ")));
        line.expect("a name for each function").to_owned()
    };
    let mut facts = Vec::new();
    let mut own = 1;
    for payload in Parser::new(0).parse_all(module) {
        match payload.expect("a valid module") {
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export.expect("an export");
                    facts.push(format!("{} is {}", export.name, name(export.index)));
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    let wasmparser::ElementItems::Functions(items) = element.expect("an element").items else {
                        continue;
                    };
                    facts.extend(
                        items.into_iter().map(|item| format!("in the table: {}", name(item.expect("a function")))),
                    );
                }
            }
            Payload::CodeSectionEntry(body) => {
                for operator in body.get_operators_reader().expect("a body") {
                    match operator.expect("an operator") {
                        wasmparser::Operator::Call { function_index } => {
                            facts.push(format!("{} calls {}", name(own), name(function_index)));
                        }
                        wasmparser::Operator::I32Const { value } => facts.push(format!("{} has {value}", name(own))),
                        _ => {}
                    }
                }
                own += 1;
            }
            _ => {}
        }
    }
    facts.sort();
    facts
}

#[test]
fn a_module_in_another_order_says_the_same() {
    let module = module();
    let ordered = by_likeness(&module).expect("a module");
    assert_ne!(ordered, module);
    assert_eq!(facts(&ordered), facts(&module));
    let symbols = symbols(&ordered).expect("names");
    let expected = ["imported", "long", "short", "caller", "called"];
    let names: Vec<_> = symbols.lines().filter_map(|line| Some(line.split_once(' ')?.1)).collect();
    assert_eq!(names, expected);
}

#[test]
fn what_is_no_module_has_no_order() {
    assert!(by_likeness(b"<!doctype html>").is_err());
}
