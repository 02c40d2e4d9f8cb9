//! `build`: the release, from the sources to what a server sends. One step follows the other, each in a file of its own:
//! compile, cut, bind, optimise, hash, compress.

mod assets;
mod bind;
mod compile;
pub mod compress;
mod cut;
mod inline;
mod inputs;
mod machine_paths;
mod optimise;
mod page;
mod symbols;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::assets::Assets;
use self::compress::compress_all;
use self::inputs::Inputs;
use crate::command::announce;
use crate::project::Project;
use crate::{size, tools};

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    build(project, &project.dist(), &[])?;
    size::print(project, &project.dist())
}

/// Builds into `dist`, with these features of the app.
pub fn build(project: &Project, dist: &Path, features: &[&str]) -> Result<()> {
    tools::ensure_release_tools(project)?;
    announce(format!("building the release into {}", dist.display()));
    let work = project.target().join("release-steps");
    empty(&work)?;
    empty(dist)?;

    let compiled = compile::compile(project, features)?;
    let modules = cut::cut(&compiled, &work)?;
    let bound = bind::bind(project, &modules.main, &work)?;
    let main = optimise::optimise(project, &bound.module)?;
    let lazy = optimise::optimise(project, &modules.lazy)?;

    let assets = Assets { project, dist };
    let code = page::Code {
        script: &bound.script,
        main: assets.add("app", "wasm", &main.module)?,
        lazy: assets.add("lazy", "wasm", &lazy.module)?,
    };
    symbols::keep(project, &code.main, &main.function_map)?;
    symbols::keep(project, &code.lazy, &lazy.function_map)?;
    page::write(&assets, &code)?;

    compress_all(dist)?;
    machine_paths::ensure_none(project, dist)
}

/// The same as [`build`], unless `dist` already holds what would come of it.
pub fn build_if_changed(project: &Project, dist: &Path, features: &[&str]) -> Result<()> {
    let inputs = Inputs::read(project, dist, features)?;
    if inputs.are_built() {
        announce(format!("{} already holds the release of these sources", dist.display()));
        return Ok(());
    }
    inputs.forget()?;
    build(project, dist, features)?;
    inputs.remember()
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} could not be emptied", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))
}
