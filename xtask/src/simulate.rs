//! `simulate`: the session's simulation over many seeds, or one seed again.

use anyhow::Result;
use lexopt::prelude::*;

use crate::command::run as run_command;
use crate::project::Project;

/// What is not given, the simulation itself decides.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seeds {
    count: Option<u64>,
    replayed: Option<u64>,
}

pub fn run(project: &Project, arguments: lexopt::Parser) -> Result<()> {
    let seeds = Seeds::parse(arguments)?;
    let mut command = project.cargo();
    command.args(["test", "--profile", "simulation", "--package", "yew-auth-session", "--test", "session"]);
    command.args(["simulation", "--", "--nocapture"]);
    let variables = [("YEW_AUTH_SIM_SEEDS", seeds.count), ("YEW_AUTH_SIM_SEED", seeds.replayed)];
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
    fn a_count_and_a_seed_are_two_things() {
        assert_eq!(parsed(&["--seeds", "100000"]).expect("valid"), Seeds { count: Some(100_000), replayed: None });
        assert_eq!(parsed(&["--seed=7"]).expect("valid"), Seeds { count: None, replayed: Some(7) });
    }

    #[test]
    fn a_seed_that_is_no_number_is_refused() {
        assert!(parsed(&["--seed", "-1"]).is_err());
        assert!(parsed(&["--seeds"]).is_err());
    }
}
