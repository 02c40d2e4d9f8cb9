//! The second wasm module of a release build: what `src/app/later/` marks, with all that nothing else reaches.
//!
//! The cut is made in what the linker wrote, before wasm-bindgen sees it, and trunk has no hook there. So trunk is given
//! this tool in wasm-bindgen's place: it cuts, lets the real wasm-bindgen work on the first module, and writes into its
//! JavaScript how the second one is loaded. At the end of the build `finish-build` puts that one beside the first.

mod cut;
mod glue;
mod page;

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command::run as run_command;
use crate::finish::keep_symbols;
use crate::finish::module::served;
use crate::finish::order::by_likeness;
use crate::finish::short_names::ShortNames;
use crate::project::Project;

/// The feature of the app that marks what comes later.
pub const FEATURE: &str = "split";

const WASM_BINDGEN: &str = "wasm-bindgen";

/// What trunk gives to wasm-opt for the first module: `data-wasm-opt` and `data-wasm-opt-params` in index.html. After a
/// first round the second one finds more in flat code; nothing of ours is below the first kilobyte of memory, where the
/// stack ends; and a function that is called once stays one, unless it is short: brotli finds its like sooner.
const WASM_OPT: [&str; 7] =
    ["-Os", "-g", "--low-memory-unused", "--flatten", "--rereloop", "-Os", "--one-caller-inline-max-function-size=60"];

/// Set while trunk builds in two modules: the folder of what is on its way.
const FOLDER: &str = "XTASK_SPLIT";

/// Has a build of trunk make two modules.
pub fn arrange(project: &Project, trunk: &mut Command) -> Result<()> {
    let folder = project.target().join("split");
    let tools = folder.join("bin");
    fs::create_dir_all(&tools)?;
    let stand_in = tools.join(WASM_BINDGEN);
    match fs::remove_file(&stand_in) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let own = env::current_exe()?;
    ensure!(own.is_file(), "this tool was compiled anew while it ran: start it again");
    symlink(own, &stand_in).context("this tool could not be put in wasm-bindgen's place")?;
    let own = [tools, project.tools_bin()];
    let inherited = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(own.into_iter().chain(env::split_paths(&inherited)))?;
    trunk.env("PATH", path).env(FOLDER, folder);
    Ok(())
}

/// Whether trunk has started this tool for wasm-bindgen.
pub fn is_wasm_bindgen() -> bool {
    env::args_os().next().is_some_and(|program| Path::new(&program).file_name() == Some(WASM_BINDGEN.as_ref()))
}

/// Does what wasm-bindgen does, in two modules.
pub fn run_as_wasm_bindgen(project: &Project) -> Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let mut bindgen = project.tool(WASM_BINDGEN);
    let Some(input) = arguments.iter().find(|argument| argument.ends_with(".wasm")) else {
        // What its version is.
        return run_command(bindgen.args(&arguments));
    };
    let folder = folder().context("trunk was not told where to build in two modules")?;
    let cut = cut::cut(Path::new(input), &folder)?;
    let first = cut.first.display().to_string();
    bindgen.args(arguments.iter().map(|argument| if argument == input { &first } else { argument }));
    // Among them the table of functions, through which the modules call each other.
    run_command(bindgen.arg("--keep-lld-exports"))?;
    let value = |flag: &str| arguments.iter().find_map(|argument| argument.strip_prefix(flag));
    let written = value("--out-dir=").zip(value("--out-name=")).context("trunk calls wasm-bindgen in another way")?;
    glue::teach(&Path::new(written.0).join(written.1).with_extension("js"), &cut.shared)
}

/// Puts the second module into a build that has one, and its address into the page.
pub fn finish(project: &Project, built: &Path) -> Result<()> {
    let Some(folder) = folder() else { return Ok(()) };
    let small = folder.join("later.small.wasm");
    run_command(project.tool("wasm-opt").args(WASM_OPT).arg(cut::later(&folder)).arg("-o").arg(&small))?;
    let linked = fs::read(&small).with_context(|| format!("{} could not be read", small.display()))?;
    let linked = by_likeness(&linked)?;
    // What it imports has names that the loader knows, none of wasm-bindgen's.
    let served = served(&linked, &mut ShortNames::default())?;
    let name = page::add(built, &served)?;
    keep_symbols(project, &name, &linked)
}

fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_modules_are_made_small_in_the_same_way() {
        let page = Project::locate().expect("run by cargo").root().join("index.html");
        let page = fs::read_to_string(page).expect("the app's page");
        let (level, parameters) = WASM_OPT.split_first().expect("a level, then the rest");
        let level = level.trim_start_matches("-O");
        let said = format!(r#"data-wasm-opt="{level}" data-wasm-opt-params="{}""#, parameters.join(" "));
        assert!(page.contains(&said), "index.html does not say {said}");
    }
}
