//! One linked module becomes two.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

/// What the app calls the second module: the first argument of its `wasm_split`.
const LATER: &str = "later";

/// The module that the first one is told to import the loading of the second from.
pub const LINK: &str = "./__wasm_split.js";

/// What the cut has left.
pub struct Cut {
    /// The first module, for wasm-bindgen.
    pub first: PathBuf,
    /// The exports of the first module that the second one imports.
    pub shared: Vec<String>,
}

/// Where the second module is.
pub fn later(folder: &Path) -> PathBuf {
    folder.join(format!("split_{LATER}.wasm"))
}

/// Cuts the module at `input` in two.
pub fn cut(input: &Path, folder: &Path) -> Result<Cut> {
    let whole = fs::read(input).with_context(|| format!("{} could not be read", input.display()))?;
    let first = folder.join("first.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.link_name = LINK;
    let made = transform(options).map_err(|report| anyhow!("the app could not be cut in two: {report:#}"))?;
    ensure!(made.split_modules == [later(folder)], "the app is to be two modules, not {:?}", made.split_modules);
    let link = folder.join(LINK);
    let link = fs::read_to_string(&link).with_context(|| format!("{} could not be read", link.display()))?;
    Ok(Cut { first, shared: shared(&link).context("how the two modules are linked was not understood")? })
}

/// The names in `const { a, b,  } = initSync(..)`.
fn shared(link: &str) -> Option<Vec<String>> {
    let (names, _) = link.split_once("} = initSync")?;
    let (_, names) = names.rsplit_once("const {")?;
    Some(names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_modules_share_is_read_from_the_link() {
        let link = "const { sharing } = x;\nconst { __table, memory,  } = initSync(undefined, undefined);\n";
        assert_eq!(shared(link), Some(vec!["__table".to_owned(), "memory".to_owned()]));
        assert_eq!(shared("export {}"), None);
    }
}
