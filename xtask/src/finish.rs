//! `finish-build`: what trunk leaves to its users. Trunk itself calls it at the end of each build, see Trunk.toml.

mod autoreload;
pub mod compress;

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use self::autoreload::move_out_of_the_page;
use self::compress::compress_all;

pub fn run(mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let built = env::var_os("TRUNK_STAGING_DIR").context("trunk calls this by itself, at the end of each build")?;
    let built = PathBuf::from(built);
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        compress_all(&built)
    } else {
        move_out_of_the_page(&built)
    }
}
