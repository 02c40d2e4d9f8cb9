//! `finish-build`: what trunk leaves to its users. Trunk itself calls it at the end of each build, see Trunk.toml.

mod autoreload;
pub mod bundle;
pub mod compress;
mod glue;
pub mod module;
pub mod order;
mod preload;
pub mod short_names;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::str;

use anyhow::{Context, Result};

use self::autoreload::move_out_of_the_page;
use self::bundle::Bundle;
use self::compress::compress_all;
use self::order::by_likeness;
use self::preload::keep_integrity_for_the_fetch;
use self::short_names::ShortNames;
use crate::project::Project;
use crate::split;

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let built = env::var_os("TRUNK_STAGING_DIR").context("trunk calls this by itself, at the end of each build")?;
    let built = PathBuf::from(built);
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        shorten_names(project, &built)?;
        split::finish(project, &built)?;
        keep_integrity_for_the_fetch(&built)?;
        compress_all(&built)
    } else {
        keep_integrity_for_the_fetch(&built)?;
        move_out_of_the_page(&built)
    }
}

/// Serves the app without the names of its functions.
fn shorten_names(project: &Project, built: &Path) -> Result<()> {
    let bundle = Bundle::read(built)?;
    let linked = by_likeness(&bundle.module.content)?;
    let mut names = ShortNames::default();
    let module = module::served(&linked, &mut names)?;
    let glue = glue::served(str::from_utf8(&bundle.glue.content)?, &names)?;
    let served = bundle.replace(&module, glue.as_bytes())?;
    keep_symbols(project, &served, &linked)
}

/// Keeps the names of a module's functions, for who reads a stack trace of the module that is served.
pub fn keep_symbols(project: &Project, served: &str, linked: &[u8]) -> Result<()> {
    let kept = project.symbols();
    fs::create_dir_all(&kept)?;
    fs::write(kept.join(format!("{served}.txt")), module::symbols(linked)?)?;
    Ok(())
}
