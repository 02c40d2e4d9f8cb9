//! `cargo xtask bench load`: what the deployment does under load, beside dj-rest-auth without the product.

mod connection;
mod cpu;
mod growth;
mod one_million;
mod place;
mod report;
mod sample;
mod servers;
mod session;
mod side_by_side;
mod steady;
mod storm;
mod stormy;
mod through_the_proxy;
mod work;

use std::path::Path;

use anyhow::Result;
use lexopt::prelude::*;
use tokio::runtime::Builder;
use xtask::Project;

use crate::report::Report;
use crate::servers::Servers;

const PERFORMANCE: &str = "docs/performance.md";
const SCALING: &str = "docs/scaling.md";

/// What was asked for.
#[derive(Debug, Clone, Copy, Default)]
struct Choices {
    /// A tenth of everything, to see whether it works. Nothing is written.
    is_quick: bool,
    /// Tables that grow, in place of the rest.
    is_growth: bool,
}

impl Choices {
    /// How many are signed in.
    fn people(self) -> usize {
        match self {
            // No more than the smallest table has.
            Self { is_growth: true, .. } => 100,
            Self { is_quick: true, .. } => 500,
            Self { .. } => 5_000,
        }
    }
}

fn main() -> Result<()> {
    let choices = choices()?;
    let project = Project::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?);
    let mut servers = Servers::start(&project, choices.people(), choices.is_quick)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let report = Report { root: project.root(), is_quick: choices.is_quick };
    runtime.block_on(async {
        if choices.is_growth {
            return report.table(PERFORMANCE, "growth of the load", &growth::run(&mut servers).await?);
        }
        report.table(PERFORMANCE, "load", &side_by_side::run(&mut servers).await?)?;
        let samples = through_the_proxy::run(&mut servers).await?;
        report.table(PERFORMANCE, "load of a deployment", &through_the_proxy::table(&samples))?;
        report.table(SCALING, "one million", &one_million::table(&samples)?)?;
        report.table(PERFORMANCE, "storm", &stormy::run(&mut servers).await?)
    })
}

fn choices() -> Result<Choices> {
    let (mut arguments, mut choices) = (lexopt::Parser::from_env(), Choices::default());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("quick") => choices.is_quick = true,
            Long("growth") => choices.is_growth = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(choices)
}
