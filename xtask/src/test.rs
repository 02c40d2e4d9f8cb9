//! `test`: every test there is, part by part, and what became of each.

mod browsers;
mod cluster;
mod contract;
mod coverage;
mod part;
mod python;
mod records;
mod runner;
mod second_run;
mod selection;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use self::coverage::{Coverage, Skip, Suite};
use self::part::Part;
use self::records::Records;
use self::runner::{cargo_on_display, hand_on, set_browser, set_parallel_tests};
use self::selection::{Selection, Step};
use crate::command::{announce, run as run_command};
use crate::lint;
use crate::package;
use crate::project::Project;
use crate::release;
use crate::reproducible;
use crate::simulate;
use crate::size;
use crate::tools::{
    axe, cargo_tools,
    engines::Engine,
    postgresql::{Durability, Postgresql},
    python::Venv,
    rust,
};

/// Seeds of the simulation, over each contract.
const SIMULATED_HOURS: u64 = 100_000;

/// How long the model checker searches.
const MODEL_SECONDS: u64 = 120;

/// The release build that several parts look at, made when the first one does.
struct Release<'p> {
    project: &'p Project,
    dist: OnceCell<PathBuf>,
}

#[derive(Debug)]
struct Outcome {
    step: Step,
    verdict: Verdict,
    duration: Duration,
}

#[derive(Debug)]
enum Verdict {
    /// These tests passed only when they ran again, alone.
    Passed {
        repeated: Vec<String>,
    },
    /// This system cannot have the browser, for this reason.
    Skipped(String),
    Failed(anyhow::Error),
}

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let words = arguments.raw_args()?.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>();
    let selection = Selection::parse(&words)?;
    let release = Release { project, dist: OnceCell::new() };
    let outcomes: Vec<_> = selection.steps.iter().map(|step| step.run_timed(&release, &selection)).collect();
    println!("\n{}", table(&outcomes));
    for outcome in &outcomes {
        match &outcome.verdict {
            Verdict::Passed { repeated } if repeated.is_empty() => {}
            Verdict::Passed { repeated } => {
                println!("PASSED ONLY WHEN RUN AGAIN ALONE: {}: {}", outcome.step.name(), repeated.join(", "));
            }
            Verdict::Skipped(reason) => println!("NOT TESTED: {}: {reason}", outcome.step.name()),
            Verdict::Failed(error) => println!("{}: {error:#}", outcome.step.name()),
        }
    }
    if let Some(failure) = outcomes.iter().find(|outcome| matches!(outcome.verdict, Verdict::Failed(_))) {
        bail!("tests failed; `cargo xtask test {}` runs that part alone", failure.step.arguments());
    }
    let ran_whole_suite = selection.runner_arguments.is_empty() && outcomes.iter().any(Outcome::ran_in_browser);
    if ran_whole_suite { browsers::check(project) } else { Ok(()) }
}

/// Takes the pictures in docs/screenshots anew, and draws the icons in static/install.
pub fn take_screenshots(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let release = Release { project, dist: OnceCell::new() };
    run_e2e(
        &release,
        Engine::Chromium,
        &["--ignored", "every_page_is_pictured", "the_icons_are_drawn"].map(str::to_owned),
    )
    .map(drop)
}

impl Step {
    fn run_timed(self, release: &Release<'_>, selection: &Selection) -> Outcome {
        announce(format!("{}: {}", self.name(), self.part.title()));
        let start = Instant::now();
        let verdict = match self.engine.and_then(Engine::obstacle) {
            Some(obstacle) if !selection.names_browser => {
                announce(format!("NOT TESTED in {}: {obstacle}", self.name()));
                Verdict::Skipped(obstacle)
            }
            _ => match self.run(release, &selection.runner_arguments) {
                Ok(repeated) => Verdict::Passed { repeated },
                Err(error) => Verdict::Failed(error),
            },
        };
        Outcome { step: self, verdict, duration: start.elapsed() }
    }

    /// The tests that had to run twice are returned.
    fn run(self, release: &Release<'_>, runner_arguments: &[String]) -> Result<Vec<String>> {
        let project = release.project;
        let engine = self.engine.unwrap_or_default();
        match self.part {
            Part::Lint => lint::lint(project),
            Part::Host => run_host(project, runner_arguments),
            Part::Simulation => run_simulation(project),
            Part::Wasm => run_wasm(project, engine, runner_arguments),
            Part::Python => python::run(project, runner_arguments),
            Part::Package => package::check(project),
            Part::Size => size::check(project, release.dist()?),
            Part::Reproducible => reproducible::check(project, release.dist()?),
            Part::Contract => contract::run(project, runner_arguments),
            Part::E2e => return run_e2e(release, engine, runner_arguments),
            Part::Cluster => return cluster::run(release, runner_arguments),
        }?;
        Ok(Vec::new())
    }
}

impl Outcome {
    fn ran_in_browser(&self) -> bool {
        self.step.part.has_browser() && !matches!(self.verdict, Verdict::Skipped(_))
    }
}

impl Release<'_> {
    fn dist(&self) -> Result<&Path> {
        if let Some(dist) = self.dist.get() {
            return Ok(dist);
        }
        let dist = self.project.target().join("e2e-dist");
        release::build_if_changed(self.project, &dist, &[])?;
        Ok(self.dist.get_or_init(|| dist))
    }
}

fn run_host(project: &Project, runner_arguments: &[String]) -> Result<()> {
    let mut command = project.cargo();
    command.args([
        "test",
        "--workspace",
        "--exclude",
        "e2e",
        "--exclude",
        "contract",
        "--exclude",
        "cluster",
        "--no-fail-fast",
    ]);
    run_command(hand_on(&mut command, runner_arguments))
}

fn run_simulation(project: &Project) -> Result<()> {
    simulate::simulate(project, &simulate::Seeds { count: Some(SIMULATED_HOURS), ..Default::default() })?;
    simulate::check_model(project, MODEL_SECONDS)
}

fn run_wasm(project: &Project, engine: Engine, runner_arguments: &[String]) -> Result<()> {
    rust::ensure_wasm_target(project)?;
    cargo_tools::ensure(project, &[cargo_tools::wasm_bindgen(project)?])?;
    let mut command = cargo_on_display(project, engine);
    command.args(["test", "--target", rust::WASM_TARGET, "--package", "yew-auth", "--test", "browser"]);
    // The runner takes the first driver that it is told of, and its own limit of 20 s is for all tests together.
    for other in Engine::ALL {
        command.env_remove(other.runner_variable());
    }
    command.env(engine.runner_variable(), engine.ensure_driver(project)?).env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    // The runner in the page has other words for a failure, and nothing is repeated.
    run_recorded(project, Suite::Library, engine, command, runner_arguments, || Ok(BTreeSet::new())).map(drop)
}

/// Runs a suite, and records a whole run that passes. `skips` tells what was skipped, once it has run. The tests that had
/// to run twice are returned.
fn run_recorded(
    project: &Project,
    suite: Suite,
    engine: Engine,
    mut command: Command,
    runner_arguments: &[String],
    skips: impl FnOnce() -> Result<BTreeSet<Skip>>,
) -> Result<Vec<String>> {
    let records = Records::below(&project.target());
    let is_whole = runner_arguments.is_empty();
    if is_whole {
        records.forget(suite, engine)?;
    }
    let result = second_run::run(&mut command, runner_arguments);
    let skips = skips()?;
    let repeated = result?;
    if is_whole {
        let tests = coverage::listed(&mut command)?;
        records.keep(&Coverage { suite, engine, version: engine.version(), tests, skips })?;
    }
    Ok(repeated)
}

fn run_e2e(release: &Release<'_>, engine: Engine, runner_arguments: &[String]) -> Result<Vec<String>> {
    let project = release.project;
    let venv = Venv::ensure(project)?;
    let dist = release.dist()?;
    let bearer_dist = project.target().join("e2e-bearer-dist");
    // What breaks things on purpose is in one of the two alone: the other is the release as it is.
    release::build_if_changed(project, &bearer_dist, &["bearer", "faults"])?;
    // One folder for each engine, so that two of them can run at the same time.
    let state = project.target().join("e2e").join(engine.name());

    let mut command = project.cargo();
    command.args(["test", "--package", "e2e", "--no-fail-fast"]);
    set_browser(&mut command, project, engine, &state)?;
    command.env("YEW_AUTH_E2E_DIST", dist).env("YEW_AUTH_E2E_BEARER_DIST", bearer_dist);
    command.env("YEW_AUTH_E2E_PYTHON", venv.python()).env("YEW_AUTH_E2E_BACKEND", project.backend());
    command.env("YEW_AUTH_E2E_AXE", axe::ensure(project)?);
    let postgresql = Postgresql::start(Durability::Volatile)?;
    command.env("YEW_AUTH_E2E_POSTGRESQL", postgresql.url());
    command.env("YEW_AUTH_E2E_SCRATCH_APP", package::scratch_app::build_to_serve(project)?);
    set_parallel_tests(&mut command, engine.parallel_tests());
    run_recorded(project, Suite::App, engine, command, runner_arguments, || {
        let skips = Skip::recorded(&state)?;
        if let Some(summary) = coverage::summary(&skips, engine) {
            println!("\n{summary}");
        }
        Ok(skips)
    })
}

fn table(outcomes: &[Outcome]) -> String {
    let row = |part: &str, result: &str, seconds: &str| format!("{part:<18}{result:<12}{seconds:>8}\n");
    let mut table = row("part", "result", "seconds");
    for Outcome { step, verdict, duration } in outcomes {
        let result = match verdict {
            Verdict::Passed { repeated } if repeated.is_empty() => "ok",
            Verdict::Passed { .. } => "ok, AGAIN",
            Verdict::Skipped(_) => "NOT TESTED",
            Verdict::Failed(_) => "FAILED",
        };
        table += &row(&step.name(), result, &format!("{:.1}", duration.as_secs_f64()));
    }
    let total: Duration = outcomes.iter().map(|outcome| outcome.duration).sum();
    table + &row("all", "", &format!("{:.1}", total.as_secs_f64()))
}

#[cfg(test)]
mod tests;
