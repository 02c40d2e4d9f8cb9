//! `finish-build`: what trunk leaves to its users. Trunk itself calls it at the end of each build, see Trunk.toml.

mod autoreload;
pub mod bundle;
pub mod compress;
mod glue;
mod module;
mod short_names;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::str;

use anyhow::{Context, Result};

use self::autoreload::move_out_of_the_page;
use self::bundle::Bundle;
use self::compress::compress_all;
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
        compress_all(&built)
    } else {
        move_out_of_the_page(&built)
    }
}

/// Serves the app without its functions' names; the project keeps them, for who reads a stack trace of this build.
fn shorten_names(project: &Project, built: &Path) -> Result<()> {
    let bundle = Bundle::read(built)?;
    let symbols = module::symbols(&bundle.module.content)?;
    let mut names = ShortNames::default();
    let module = module::served(&bundle.module.content, &mut names)?;
    let glue = glue::served(str::from_utf8(&bundle.glue.content)?, &names)?;
    let served = bundle.replace(&module, glue.as_bytes())?;
    let kept = project.symbols();
    fs::create_dir_all(&kept)?;
    fs::write(kept.join(format!("{served}.txt")), symbols)?;
    Ok(())
}
