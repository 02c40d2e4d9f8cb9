//! `size`: what a browser fetches of the release, what has changed since that was recorded, and whether the start keeps
//! within its budget and does not creep.

mod file;
mod ledger;
mod table;

use std::path::Path;

use anyhow::{Result, ensure};
use lexopt::prelude::*;

use self::file::{File, Role, Sizes, weigh};
use self::ledger::Ledger;
use self::table::{recorded, table};
use crate::project::Project;

/// By so many bytes the start may grow before its growth has to be recorded.
const UNRECORDED: usize = 2_000;

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let mut is_record_wanted = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("record") => is_record_wanted = true,
            other => return Err(other.unexpected().into()),
        }
    }
    if is_record_wanted { record(project, &project.dist()) } else { check(project, &project.dist()) }
}

/// Prints the table for a build that exists.
pub fn print(project: &Project, dist: &Path) -> Result<()> {
    let ledger = Ledger::read(project)?;
    println!("\n{}", table(&weigh(dist, ledger.lazy())?, &ledger));
    Ok(())
}

/// Prints the table, and fails where the start is over the budget or has grown without a record of it.
pub fn check(project: &Project, dist: &Path) -> Result<()> {
    let ledger = Ledger::read(project)?;
    let files = weigh(dist, ledger.lazy())?;
    println!("\n{}", table(&files, &ledger));
    ensure_affordable(&files, &ledger)?;
    ensure_recorded(&files, &ledger)
}

fn record(project: &Project, dist: &Path) -> Result<()> {
    let mut ledger = Ledger::read(project)?;
    let files = weigh(dist, ledger.lazy())?;
    println!("\n{}", table(&files, &ledger));
    ledger.record(&files);
    ledger.write(project)
}

fn ensure_affordable(files: &[File], ledger: &Ledger) -> Result<()> {
    let (needed, budget) = (Sizes::of_role(files, Role::Startup).brotli, ledger.budget());
    ensure!(
        needed <= budget,
        "the posts wait for {needed} bytes of page, wasm and JavaScript (brotli), {} over the budget of {budget} in {}",
        needed - budget,
        ledger::FILE,
    );
    Ok(())
}

fn ensure_recorded(files: &[File], ledger: &Ledger) -> Result<()> {
    let [is, was] = [files, &recorded(files, ledger)].map(|files| Sizes::of_role(files, Role::Startup).brotli);
    ensure!(
        is <= was + UNRECORDED,
        "what the posts wait for has grown by {} bytes (brotli) since it was recorded in {}. If that is worth it: \
         `cargo xtask build`, then `cargo xtask size --record`",
        is - was,
        ledger::FILE,
    );
    Ok(())
}

#[cfg(test)]
mod tests;
