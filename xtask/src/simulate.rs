//! `simulate`: the session's simulation over many seeds, or one seed again. `model`: every interleaving of two tabs.

use anyhow::Result;
use lexopt::prelude::*;

use crate::command::run as run_command;
use crate::project::Project;

/// How long the model checker searches, in seconds.
const MODEL_SECONDS: u64 = 120;

/// What is not given, the simulation itself decides.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seeds {
    pub count: Option<u64>,
    pub start: Option<u64>,
    pub replayed: Option<u64>,
}

pub fn run(project: &Project, arguments: lexopt::Parser) -> Result<()> {
    simulate(project, &Seeds::parse(arguments)?)
}

/// Runs the seeds on all cores, over both contracts.
pub fn simulate(project: &Project, seeds: &Seeds) -> Result<()> {
    let variables = [
        ("YEW_AUTH_SIM_SEEDS", seeds.count),
        ("YEW_AUTH_SIM_FIRST", seeds.start),
        ("YEW_AUTH_SIM_SEED", seeds.replayed),
    ];
    run_test(project, &["--test", "session", "in_the_simulation"], &variables)
}

pub fn run_model(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let mut seconds = MODEL_SECONDS;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("seconds") => seconds = arguments.value()?.parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    check_model(project, seconds)
}

/// Searches for so long, to the greatest depth that this allows.
pub fn check_model(project: &Project, seconds: u64) -> Result<()> {
    run_test(project, &["--test", "model"], &[("YEW_AUTH_MODEL_SECONDS", Some(seconds))])
}

fn run_test(project: &Project, test: &[&str], variables: &[(&str, Option<u64>)]) -> Result<()> {
    let mut command = project.cargo();
    command.args(["test", "--profile", "simulation", "--package", "yew-auth-session"]);
    command.args(test).args(["--", "--nocapture"]);
    for (name, value) in variables {
        if let Some(value) = value {
            command.env(name, value.to_string());
        }
    }
    run_command(&mut command)
}

impl Seeds {
    fn parse(mut arguments: lexopt::Parser) -> Result<Self> {
        let mut seeds = Self::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("seeds") => seeds.count = Some(arguments.value()?.parse()?),
                Long("start") => seeds.start = Some(arguments.value()?.parse()?),
                Long("seed") => seeds.replayed = Some(arguments.value()?.parse()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(seeds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Seeds> {
        Seeds::parse(lexopt::Parser::from_args(arguments))
    }

    #[test]
    fn a_count_a_start_and_a_seed_are_three_things() {
        let seeds = parsed(&["--seeds", "100000", "--start", "7"]).expect("valid");
        assert_eq!(seeds, Seeds { count: Some(100_000), start: Some(7), replayed: None });
        assert_eq!(parsed(&["--seed=7"]).expect("valid"), Seeds { replayed: Some(7), ..Seeds::default() });
    }

    #[test]
    fn a_seed_that_is_no_number_is_refused() {
        assert!(parsed(&["--seed", "-1"]).is_err());
        assert!(parsed(&["--seeds"]).is_err());
    }
}
