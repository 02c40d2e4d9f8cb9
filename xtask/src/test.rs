//! `test`: every test there is, part by part, and what became of each.

mod browsers;
mod cluster;
mod contract;
mod coverage;
mod python;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use self::coverage::{Coverage, Skip, Suite};
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Lint,
    Host,
    Simulation,
    Wasm,
    Python,
    Package,
    Size,
    Reproducible,
    Contract,
    E2e,
    Cluster,
}

/// The release build that several parts look at, made when the first one does.
struct Release<'p> {
    project: &'p Project,
    dist: OnceCell<PathBuf>,
}

/// The parts to run; arguments for a runner only where there is one part whose they can be.
#[derive(Debug, PartialEq, Eq)]
struct Selection {
    parts: Vec<Part>,
    /// The engines of the parts that run in each of them.
    engines: Vec<Engine>,
    runner_arguments: Vec<String>,
}

/// A part, in one engine if it runs in each of them.
#[derive(Debug, Clone, Copy)]
struct Step {
    part: Part,
    engine: Option<Engine>,
}

#[derive(Debug)]
struct Outcome {
    step: Step,
    verdict: Verdict,
    duration: Duration,
}

#[derive(Debug)]
enum Verdict {
    /// What ran in a browser, if a whole suite did.
    Passed(Option<Coverage>),
    /// This system cannot have the browser, for this reason.
    Skipped(String),
    Failed(anyhow::Error),
}

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let words = arguments.raw_args()?.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>();
    let selection = Selection::parse(&words)?;
    let release = Release { project, dist: OnceCell::new() };
    let outcomes: Vec<_> = selection.steps().map(|step| step.run_timed(&release, &selection)).collect();
    println!("\n{}", table(&outcomes));
    for outcome in &outcomes {
        match &outcome.verdict {
            Verdict::Passed(_) => {}
            Verdict::Skipped(reason) => println!("NOT TESTED: {}: {reason}", outcome.step.name()),
            Verdict::Failed(error) => println!("{}: {error:#}", outcome.step.name()),
        }
    }
    if let Some(failure) = outcomes.iter().find(|outcome| matches!(outcome.verdict, Verdict::Failed(_))) {
        bail!("tests failed; `cargo xtask test {}` runs that part alone", failure.step.arguments());
    }
    let runs: Vec<_> = outcomes.into_iter().filter_map(Outcome::coverage).collect();
    browsers::check(project, &runs)
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

impl Selection {
    fn parse(words: &[String]) -> Result<Self> {
        let (names, runner_arguments) = match words.iter().position(|word| word == "--") {
            Some(divider) => (&words[..divider], &words[divider + 1..]),
            None => (words, [].as_slice()),
        };
        let (mut parts, mut engine) = (Vec::new(), None);
        let mut names = names.iter();
        while let Some(name) = names.next() {
            if name == "--browser" {
                engine = Some(Engine::named(names.next().context("--browser needs a name")?)?);
            } else {
                parts.push(Part::named(name)?);
            }
        }
        if parts.is_empty() {
            parts.extend(Part::ALL);
        }
        if engine.is_some() && !parts.iter().any(|part| part.has_browser()) {
            bail!("--browser chooses the engine of wasm and e2e: name one of them");
        }
        if !runner_arguments.is_empty() && !matches!(parts[..], [part] if part.has_runner()) {
            bail!("arguments after `--` go to one runner: name one part of host, wasm, python, contract, e2e, cluster");
        }
        // Whoever chooses a few tests is at work on them, and chooses the engine too.
        let engines = match engine {
            Some(engine) => vec![engine],
            None if runner_arguments.is_empty() => Engine::ALL.to_vec(),
            None => vec![Engine::Chromium],
        };
        Ok(Self { parts, engines, runner_arguments: runner_arguments.to_vec() })
    }

    fn steps(&self) -> impl Iterator<Item = Step> {
        self.parts.iter().flat_map(|part| match part.has_browser() {
            true => self.engines.iter().map(|engine| Step { part: *part, engine: Some(*engine) }).collect(),
            false => vec![Step { part: *part, engine: None }],
        })
    }
}

impl Step {
    /// The words after `cargo xtask test` that run it alone.
    fn arguments(self) -> String {
        match self.engine {
            Some(engine) => format!("{} --browser {}", self.part.name(), engine.name()),
            None => self.part.name().to_owned(),
        }
    }

    fn name(self) -> String {
        match self.engine {
            Some(engine) => format!("{} {}", self.part.name(), engine.name()),
            None => self.part.name().to_owned(),
        }
    }

    fn run_timed(self, release: &Release<'_>, selection: &Selection) -> Outcome {
        announce(format!("{}: {}", self.name(), self.part.title()));
        let start = Instant::now();
        let verdict = match self.engine.and_then(Engine::obstacle) {
            // A browser that was asked for by its name must be there.
            Some(obstacle) if selection.engines.len() > 1 => {
                announce(format!("NOT TESTED in {}: {obstacle}", self.name()));
                Verdict::Skipped(obstacle)
            }
            _ => self.run(release, &selection.runner_arguments).map_or_else(Verdict::Failed, Verdict::Passed),
        };
        Outcome { step: self, verdict, duration: start.elapsed() }
    }

    fn run(self, release: &Release<'_>, runner_arguments: &[String]) -> Result<Option<Coverage>> {
        let project = release.project;
        let engine = self.engine.unwrap_or_default();
        match self.part {
            Part::Lint => lint::lint(project)?,
            Part::Host => run_host(project, runner_arguments)?,
            Part::Simulation => run_simulation(project)?,
            Part::Wasm => return run_wasm(project, engine, runner_arguments),
            Part::Python => python::run(project, runner_arguments)?,
            Part::Package => package::check(project)?,
            Part::Size => size::check(project, release.dist()?)?,
            Part::Reproducible => reproducible::check(project, release.dist()?)?,
            Part::Contract => contract::run(project, runner_arguments)?,
            Part::E2e => return run_e2e(release, engine, runner_arguments),
            Part::Cluster => cluster::run(release, runner_arguments)?,
        }
        Ok(None)
    }
}

impl Outcome {
    fn coverage(self) -> Option<Coverage> {
        match self.verdict {
            Verdict::Passed(coverage) => coverage,
            Verdict::Skipped(_) | Verdict::Failed(_) => None,
        }
    }
}

impl Part {
    const ALL: [Self; 11] = [
        Self::Lint,
        Self::Host,
        Self::Simulation,
        Self::Wasm,
        Self::Python,
        Self::Package,
        Self::Size,
        Self::Reproducible,
        Self::Contract,
        Self::E2e,
        Self::Cluster,
    ];

    fn named(name: &str) -> Result<Self> {
        let part = Self::ALL.into_iter().find(|part| part.name() == name);
        part.with_context(|| format!("there is no part `{name}`: name any of {}", Self::ALL.map(Self::name).join(", ")))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Host => "host",
            Self::Simulation => "simulation",
            Self::Wasm => "wasm",
            Self::Python => "python",
            Self::Package => "package",
            Self::Size => "size",
            Self::Reproducible => "reproducible",
            Self::Contract => "contract",
            Self::E2e => "e2e",
            Self::Cluster => "cluster",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Lint => "formatting and lints",
            Self::Host => "Rust tests on this machine, a short simulation of the session among them",
            Self::Simulation => "the session in many simulated hours, and in every interleaving of two tabs",
            Self::Wasm => "the library's tests in a browser",
            Self::Python => "the backend's own tests, on SQLite and on PostgreSQL with Redis",
            Self::Package => "the crates as others get them: packed, and in an app outside the workspace",
            Self::Size => "the release against its budget",
            Self::Reproducible => "the release once more, in another folder, byte by byte",
            Self::Contract => "apps in a real browser, with backends as their authors publish them",
            Self::E2e => "the built app in a real browser, with the real backend and provider",
            Self::Cluster => "a whole deployment, over https in a real browser, whose parts go away",
        }
    }

    /// Whether it takes arguments of its own.
    fn has_runner(self) -> bool {
        matches!(self, Self::Host | Self::Wasm | Self::Python | Self::Contract | Self::E2e | Self::Cluster)
    }

    /// Whether it runs in each browser engine.
    fn has_browser(self) -> bool {
        matches!(self, Self::Wasm | Self::E2e)
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

fn run_wasm(project: &Project, engine: Engine, runner_arguments: &[String]) -> Result<Option<Coverage>> {
    rust::ensure_wasm_target(project)?;
    cargo_tools::ensure(project, &[cargo_tools::wasm_bindgen(project)?])?;
    let mut command = cargo_on_display(project, engine);
    command.args(["test", "--target", rust::WASM_TARGET, "--package", "yew-auth", "--test", "browser"]);
    // The runner takes the first driver that it is told of, and its own limit of 20 s is for all tests together.
    for other in Engine::ALL {
        command.env_remove(other.runner_variable());
    }
    command.env(engine.runner_variable(), engine.ensure_driver(project)?).env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    run_command(hand_on(&mut command, runner_arguments))?;
    covered(Suite::Library, engine, command, runner_arguments, BTreeSet::new())
}

/// What has passed, if it was a whole suite. `command` has run it.
fn covered(
    suite: Suite,
    engine: Engine,
    mut command: Command,
    runner_arguments: &[String],
    skips: BTreeSet<Skip>,
) -> Result<Option<Coverage>> {
    if !runner_arguments.is_empty() {
        return Ok(None);
    }
    let tests = coverage::listed(&mut command)?;
    Ok(Some(Coverage { suite, engine, version: engine.version(), tests, skips }))
}

/// `cargo`, on a display of its own where the engine needs one.
fn cargo_on_display(project: &Project, engine: Engine) -> Command {
    match engine.display() {
        [] => project.cargo(),
        [program, arguments @ ..] => {
            let mut command = project.command(program);
            command.args(arguments).arg("cargo");
            command
        }
    }
}

fn run_e2e(release: &Release<'_>, engine: Engine, runner_arguments: &[String]) -> Result<Option<Coverage>> {
    let project = release.project;
    let venv = Venv::ensure(project)?;
    let dist = release.dist()?;
    let bearer_dist = project.target().join("e2e-bearer-dist");
    // What breaks things on purpose is in one of the two alone: the other is the release as it is.
    release::build_if_changed(project, &bearer_dist, &["bearer", "faults"])?;
    let state = project.target().join("e2e");

    let mut command = cargo_on_display(project, engine);
    command.args(["test", "--package", "e2e", "--no-fail-fast"]);
    set_browser(&mut command, project, engine, &state)?;
    command.env("YEW_AUTH_E2E_DIST", dist).env("YEW_AUTH_E2E_BEARER_DIST", bearer_dist);
    command.env("YEW_AUTH_E2E_PYTHON", venv.python()).env("YEW_AUTH_E2E_BACKEND", project.backend());
    command.env("YEW_AUTH_E2E_AXE", axe::ensure(project)?);
    let postgresql = Postgresql::start(Durability::Volatile)?;
    command.env("YEW_AUTH_E2E_POSTGRESQL", postgresql.url());
    command.env("YEW_AUTH_E2E_SCRATCH_APP", package::scratch_app::build_to_serve(project)?);
    // The tests wait far more than they work: by default there would be as few at once as there are processors.
    if env::var_os("RUST_TEST_THREADS").is_none() {
        command.env("RUST_TEST_THREADS", engine.parallel_tests());
    }
    let result = run_command(hand_on(&mut command, runner_arguments));
    let skips = Skip::recorded(&state)?;
    if let Some(summary) = coverage::summary(&skips, engine) {
        println!("\n{summary}");
    }
    result?;
    covered(Suite::App, engine, command, runner_arguments, skips)
}

/// Tells the tests which browser they start, and gives them an empty folder for its state and theirs.
fn set_browser(command: &mut Command, project: &Project, engine: Engine, state: &Path) -> Result<()> {
    let programs = engine.ensure(project)?;
    if state.exists() {
        fs::remove_dir_all(state).with_context(|| format!("{} could not be emptied", state.display()))?;
    }
    fs::create_dir_all(state)?;
    command.env("YEW_AUTH_E2E_STATE", state).env("YEW_AUTH_E2E_ENGINE", engine.name());
    command.env("YEW_AUTH_E2E_DRIVER", programs.driver).env("YEW_AUTH_E2E_BROWSER", programs.browser);
    command.env("YEW_AUTH_E2E_FULL_BROWSER", programs.full_browser);
    Ok(())
}

fn hand_on<'c>(command: &'c mut Command, runner_arguments: &[String]) -> &'c mut Command {
    if !runner_arguments.is_empty() {
        command.arg("--").args(runner_arguments);
    }
    command
}

fn table(outcomes: &[Outcome]) -> String {
    let row = |part: &str, result: &str, seconds: &str| format!("{part:<18}{result:<12}{seconds:>8}\n");
    let mut table = row("part", "result", "seconds");
    for Outcome { step, verdict, duration } in outcomes {
        let result = match verdict {
            Verdict::Passed(_) => "ok",
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
