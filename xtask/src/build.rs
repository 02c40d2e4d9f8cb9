//! `build`: the release build, as it is put on a server.

mod inputs;
mod machine_paths;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

use self::inputs::Inputs;
use crate::command::{announce, run as run_command};
use crate::project::Project;
use crate::{size, split, tools};

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    release_build(project, &project.dist(), &[])?;
    size::print(project, &project.dist())
}

/// The same as [`release_build`], unless `dist` already holds what would come of it.
pub fn release_build_if_changed(project: &Project, dist: &Path, features: &[&str]) -> Result<()> {
    let inputs = Inputs::read(project, dist, features)?;
    if inputs.are_built() {
        announce(format!("the release in {} is that of these sources", dist.display()));
        return Ok(());
    }
    inputs.forget()?;
    release_build(project, dist, features)?;
    inputs.remember()
}

/// Builds into `dist`, with these features, from what Cargo.lock names, with no network and no tool but our own.
pub fn release_build(project: &Project, dist: &Path, features: &[&str]) -> Result<()> {
    tools::ensure_release_tools(project)?;
    announce(format!("building the app for release into {}", dist.display()));
    // `--offline` would take a word before the subcommand for its value.
    let mut command = project.tool("trunk");
    command.args(["build", "--release", "--offline", "--locked", "--dist"]).arg(dist);
    let features: Vec<_> = features.iter().copied().chain([split::FEATURE]).collect();
    command.args(["--features", &features.join(",")]);
    command.env("CARGO_ENCODED_RUSTFLAGS", machine_paths::remapped(project));
    split::arrange(project, &mut command)?;
    run_command(&mut command)?;
    // Trunk's own lock is no part of what is served.
    match fs::remove_file(dist.join(".trunk-lock")) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).context("trunk's lock could not be deleted"),
        _ => machine_paths::ensure_none(project, dist),
    }
}
