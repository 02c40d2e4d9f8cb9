//! `mutants`: changes the session machine in each way that cargo-mutants knows, and lists what no test notices.

use std::fs;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use crate::command::announce;
use crate::project::Project;
use crate::tools::cargo_tools;

/// The seeds of the simulation that each mutant has to survive. One that the scenarios and a few dozen seeds do not notice
/// is hardly noticed by hundreds, which would take most of the time.
const SEEDS: &str = "30";

/// They serve the tests that switch single rules off, which are too slow to be run against each mutant.
const EXCLUDED: &str = "SessionMachine::(keeps|switch_off)";

/// The least percentage that tests have to notice.
const LEAST_CAUGHT: usize = 95;

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let mut shard = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("shard") => shard = Some(arguments.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    cargo_tools::ensure(project, &[cargo_tools::MUTANTS])?;
    let report = project.target().join("mutants");
    let mut command = project.cargo();
    command.arg("mutants").args(["--package", "yew-auth-session", "--test-package", "yew-auth-session"]);
    command
        .args(["--exclude-re", EXCLUDED, "--jobs", "2", "--timeout", "120", "--no-shuffle", "--output"])
        .arg(&report);
    if let Some(shard) = shard {
        command.args(["--shard", &shard]);
    }
    command.args(["--", "--lib", "--test", "session", "--", "--skip", "mutants::", "--skip", "shrink::"]);
    // Nobody debugs a mutant, and each is compiled for a few seconds of tests.
    command.env("YEW_AUTH_SIM_SEEDS", SEEDS).env("CARGO_PROFILE_DEV_DEBUG", "0");
    // It fails when a mutant survives; the survivors are listed below.
    let status = command.status().context("cargo mutants could not be started")?;
    announce(format!("cargo mutants has ended ({status})"));
    let count = |name: &str| -> Result<Vec<String>> {
        let path = report.join("mutants.out").join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    let (missed, caught) = (count("missed.txt")?, count("caught.txt")?.len() + count("timeout.txt")?.len());
    for survivor in &missed {
        println!("missed: {survivor}");
    }
    let all = caught + missed.len();
    println!("{caught} of {all} mutants are caught, {} do not build", count("unviable.txt")?.len());
    if caught * 100 < all * LEAST_CAUGHT {
        bail!("fewer than {LEAST_CAUGHT} % of the mutants are caught");
    }
    Ok(())
}
