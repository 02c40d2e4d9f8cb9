//! The order in which a module's functions stand. It means nothing to who runs it, and much to brotli: what stands
//! beside its like is told in fewer words.

mod likeness;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module, NameMap, NameSection};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Name, NameSectionReader, Parser, Payload, TypeRef};

use self::likeness::beside_their_like;

/// The same module with each function beside one that resembles it. The names in it go along.
pub fn by_likeness(module: &[u8]) -> Result<Vec<u8>> {
    let functions = Functions::read(module).context("wasm-opt's output is no module")?;
    let order = beside_their_like(&functions.bodies);
    let mut places = vec![0; order.len()];
    for (place, &function) in (0..).zip(&order) {
        places[function] = place;
    }
    let mut ordered = Module::new();
    Reorder { imported: functions.imported, order, places }
        .parse_core_module(&mut ordered, Parser::new(0), module)
        .context("the functions could not be put in another order")?;
    Ok(ordered.finish())
}

/// The functions of a module, those of its own as they are encoded.
struct Functions<'m> {
    imported: u32,
    bodies: Vec<&'m [u8]>,
}

impl<'m> Functions<'m> {
    fn read(module: &'m [u8]) -> Result<Self> {
        let mut functions = Functions { imported: 0, bodies: Vec::new() };
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let is_function = matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                        functions.imported += u32::from(is_function);
                    }
                }
                Payload::CodeSectionEntry(body) => functions.bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        Ok(functions)
    }
}

struct Reorder {
    /// These come first in every module, and stay.
    imported: u32,
    /// Which function of the module comes next.
    order: Vec<usize>,
    /// Where each of them has gone.
    places: Vec<u32>,
}

impl Reorder {
    fn reordered<T>(&self, all: impl Iterator<Item = Result<T, wasmparser::BinaryReaderError>>) -> ReadResult<Vec<T>> {
        let mut all: Vec<_> = all.map(|one| one.map(Some)).collect::<Result<_, _>>()?;
        Ok(self.order.iter().filter_map(|&function| all.get_mut(function)?.take()).collect())
    }
}

type ReadResult<T, E = std::convert::Infallible> = std::result::Result<T, Error<E>>;

impl Reencode for Reorder {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> ReadResult<u32> {
        let own = function.checked_sub(self.imported).and_then(|own| self.places.get(usize::try_from(own).ok()?));
        Ok(own.map_or(function, |place| self.imported + place))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> ReadResult<()> {
        for function in self.reordered(section.into_iter())? {
            functions.function(self.type_index(function)?);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> ReadResult<()> {
        for body in self.reordered(section.into_iter())? {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }

    /// Names stand in the order of what they name. Those of functions are all that anybody reads.
    fn custom_name_section(&mut self, section: NameSectionReader<'_>) -> ReadResult<NameSection> {
        let mut functions = BTreeMap::new();
        for part in section {
            let Name::Function(names) = part? else { continue };
            for name in names {
                let name = name?;
                functions.insert(self.function_index(name.index)?, name.name);
            }
        }
        let mut ordered = NameMap::new();
        functions.into_iter().for_each(|(index, name)| ordered.append(index, name));
        let mut names = NameSection::new();
        names.functions(&ordered);
        Ok(names)
    }
}

#[cfg(test)]
mod tests;
