//! The project's command-line tool, and for the tests that need a whole deployment the cluster.

mod autoreload;
mod bench;
mod cargo_home;
mod cluster;
mod command;
mod dev;
mod django;
mod frame;
mod http_probe;
mod interrupts;
mod lint;
mod mutants;
mod package;
mod ports;
mod preview;
mod project;
mod release;
mod reproducible;
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

pub use crate::bench::load::LoadServers;
pub use crate::cluster::{Certificate, Cluster, Host, Setup};
pub use crate::project::Project;
pub use crate::tools::loopback_server::LoopbackServer;
pub use crate::tools::postgresql::Postgresql;
pub use crate::tools::redis::Redis;

const HELP: &str = "\
cargo xtask <command>

Run the app
  dev          start the app, the backend and an OpenID provider; Ctrl-C stops them
                 --port 8080  --backend-port 8021  --provider-port 8022
                 --bearer     tokens in the page instead of in cookies
  preview      build the release and serve it with the API from one origin, as in production
                 --port 8080  --provider-port 8022
  cluster      build the release and run it as on several machines: nginx with TLS, three gunicorn
               hosts, PostgreSQL and Redis
                 --port 8443

Check it
  test         run all tests, or the parts that are named:
                 lint host simulation wasm python package size reproducible
                 contract e2e cluster
                 --browser chromium|firefox|webkit   the engine of wasm and e2e
                 `test PART -- ARGUMENTS` hands arguments to the runner of one part
  lint         check formatting, clippy, rustdoc and ruff
  simulate     run the session's simulation at full speed
                 --seeds N    how many    --start S   from which on
                 --seed S     one of them again, told in full
  model        check every interleaving of two tabs, as deep as the time allows [--seconds 120]
  mutants      change the session machine in every way, and list what no test notices [--shard K/N]

Build and measure it
  build        build the release into dist/, compressed, and show its sizes
  size         show the sizes of dist/ and what has changed; fails over the budget
                 --record     write them into benches/size.toml
  bench        measure the release in a browser, one of:
                 boot         from the address to the posts [--runs N]
                 lighthouse   Lighthouse's scores [--runs N]
                 load         the cluster, and stock dj-rest-auth beside it, under load [--quick];
                              [--growth] with tables that grow; writes docs/performance.md
                 memory       what an hour of polls leaves behind [--minutes N]
                 peers        beside apps of React, Next.js and Solid [--quick] [--rounds N];
                              writes docs/performance.md; prints only: [--trace] [--lists]
                              [--app NAME]... [--cell WORDS]...
                 render       100 to 10,000 posts [--posts N]... [--runs N] [--compare]
  screenshots  take the pictures in docs/screenshots/ again

The first run of a command installs what it needs into target/, backend/.venv
and benches/peers/node_modules (Debian packages aside) and says how long that takes. Later runs reuse it.
";

/// Runs the command that the arguments of this process name.
#[must_use]
pub fn main() -> ExitCode {
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
            "cluster" => cluster::run(&project, arguments),
            "preview" => preview::run(&project, arguments),
            "test" => test::run(&project, arguments),
            "lint" => lint::run(&project, arguments),
            "build" => release::run(&project, arguments),
            "autoreload" => autoreload::run(arguments),
            "bench" => bench::run(&project, arguments),
            "size" => size::run(&project, arguments),
            "screenshots" => test::take_screenshots(&project, arguments),
            "simulate" => simulate::run(&project, arguments),
            "model" => simulate::run_model(&project, arguments),
            "mutants" => mutants::run(&project, arguments),
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
