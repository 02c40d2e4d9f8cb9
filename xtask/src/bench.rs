//! `bench`: what the app costs the browser, measured in one.

pub mod load;
mod peers;

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::command::run as run_command;
use crate::ports::Port;
use crate::preview::Preview;
use crate::project::Project;
use crate::release;
use crate::servers::Waited;
use crate::tools::python::Venv;
use crate::tools::{browser, lighthouse};

/// Nothing is renewed while a start is measured.
const LONG_SESSION: [(&str, &str); 1] = [("ACCESS_TTL", "3600")];

const KNOWN: &str = "name boot, lighthouse, load, memory, peers or render";

/// Where a benchmark finds the app.
enum Source {
    /// The real servers, with these variables.
    Preview(&'static [(&'static str, &'static str)]),
    /// The files alone: the benchmark has a server of its own.
    Files,
}

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let name = match arguments.next()? {
        Some(Value(name)) => name.to_string_lossy().into_owned(),
        Some(option) => return Err(option.unexpected().into()),
        None => bail!("name the benchmark: boot, lighthouse, load, memory, peers or render"),
    };
    if name == "load" {
        return load::run(project, arguments.raw_args()?.collect());
    }
    if name == "peers" {
        return peers::run(project, arguments.raw_args()?.collect());
    }
    let source = Source::of(&name)?;
    // The benchmark reads its own arguments.
    let handed_on: Vec<OsString> = arguments.raw_args()?.collect();

    let dist = project.target().join("bench-dist");
    release::build(project, &dist, &[])?;
    let mut command = project.cargo();
    command.args(["run", "--quiet", "--package", "browser-bench", "--", &name]);
    command.arg("--chromedriver").arg(browser::ensure_chromedriver()?);
    if name == "lighthouse" {
        command.arg("--lighthouse").arg(lighthouse::ensure(project)?);
        command.arg("--port").arg(Port::free("the browser")?.number.to_string());
    }
    match source {
        Source::Files => run_command(command.arg("--dist").arg(dist).arg("--").args(handed_on)),
        Source::Preview(variables) => with_preview(project, &dist, variables, &mut command, &handed_on),
    }
}

/// Runs the benchmark while both servers do, on ports that nobody else uses.
fn with_preview(
    project: &Project,
    dist: &Path,
    variables: &[(&'static str, &'static str)],
    command: &mut Command,
    handed_on: &[OsString],
) -> Result<()> {
    let (app, provider) = (Port::free("the app")?, Port::free("the provider")?);
    let preview = Preview { app, provider, dist: dist.to_owned(), state: project.target().join("bench") };
    let mut running = preview.prepare()?.silent();
    if preview.start(&Venv::ensure(project)?, &mut running, variables)? == Waited::Interrupted {
        return Ok(());
    }
    run_command(command.args(["--origin", &app.origin(), "--"]).args(handed_on))
}

impl Source {
    fn of(benchmark: &str) -> Result<Self> {
        match benchmark {
            "boot" | "lighthouse" => Ok(Self::Preview(&LONG_SESSION)),
            "memory" => Ok(Self::Preview(&[])),
            "render" => Ok(Self::Files),
            unknown => bail!("there is no benchmark `{unknown}`: {KNOWN}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(arguments: &[&str]) -> String {
        let project = Project::locate().expect("a checkout");
        let error = run(&project, lexopt::Parser::from_args(arguments)).expect_err("nothing is measured");
        error.to_string()
    }

    #[test]
    fn a_benchmark_is_named_and_exists() {
        assert_eq!(refusal(&[]), "name the benchmark: boot, lighthouse, load, memory, peers or render");
        assert_eq!(
            refusal(&["paint"]),
            "there is no benchmark `paint`: name boot, lighthouse, load, memory, peers or render"
        );
    }
}
