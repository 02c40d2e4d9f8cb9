//! The project's one command-line tool: `cargo xtask help` lists what it does.

mod autoreload;
mod bench;
mod command;
mod dev;
mod django;
mod frame;
mod http_probe;
mod interrupts;
mod lint;
mod ports;
mod preview;
mod project;
mod release;
#[cfg(test)]
mod scratch;
mod servers;
mod simulate;
mod size;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::project::Project;

const HELP: &str = "\
cargo xtask <command>

  dev       set up and start the app, the backend and the OpenID provider; Ctrl-C stops all
            [--port 8080] [--backend-port 8021] [--provider-port 8022]
            [--bearer, with the tokens in the page's hands instead of in cookies]
  preview   the release build and the API from one origin, as in production; Ctrl-C stops all
            [--port 8080] [--provider-port 8022]
  test      set up and run every test, or the parts named: lint host wasm python size e2e
            [PART]... [-- ARGUMENTS of the runner, with one part]
  lint      formatting, clippy for host and wasm32, rustdoc, ruff
  build     the release build, into dist/, precompressed, and its sizes
  size      the sizes of dist/, and what has changed since they were recorded; fails over the budget
            [--record]
  bench     boot: from the address to the posts, cold, on slow processors and lines [--runs N]
            lighthouse: its marks for the pages; fails under 100 for accessibility or best practices [--runs N]
            memory: what a page holds after an hour of polls; fails if it is more than at first [--minutes N]
            render: how the release build shows 100, 1,000 and 10,000 posts, and what a poll costs
            [--posts N]... [--runs N] [--compare, with and without CSS containment]
  screenshots
            every page, wide and narrow, light and dark, into docs/screenshots/
  simulate  the session's simulation at full speed [--seeds N] [--seed S]
  help      this text

Everything it installs goes into target/ and backend/.venv (Debian packages aside) and is reused.
";

fn main() -> ExitCode {
    match dispatch(lexopt::Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut arguments: lexopt::Parser) -> Result<()> {
    let project = Project::locate()?;
    match arguments.next()? {
        None | Some(Short('h') | Long("help")) => print_help(),
        Some(Value(name)) => match name.to_string_lossy().as_ref() {
            "dev" => dev::run(&project, arguments),
            "preview" => preview::run(&project, arguments),
            "test" => test::run(&project, arguments),
            "lint" => lint::run(&project, arguments),
            "build" => release::run(&project, arguments),
            "autoreload" => autoreload::run(arguments),
            "bench" => bench::run(&project, arguments),
            "size" => size::run(&project, arguments),
            "screenshots" => test::take_screenshots(&project, arguments),
            "simulate" => simulate::run(&project, arguments),
            "help" => print_help(),
            unknown => bail!("there is no command `{unknown}`; `cargo xtask help` lists them"),
        },
        Some(option) => Err(option.unexpected().into()),
    }
}

fn print_help() -> Result<()> {
    print!("{HELP}");
    Ok(())
}
