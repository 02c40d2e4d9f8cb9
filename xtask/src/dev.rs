//! `dev`: the provider, the backend and the app, set up and running until Ctrl-C.

use std::fs;
use std::io::{IsTerminal, stdout};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use lexopt::prelude::*;

use crate::command::announce;
use crate::django::{ACCOUNTS, DjangoServer};
use crate::frame::framed;
use crate::interrupts::interrupts;
use crate::ports::{Port, ensure_usable};
use crate::project::Project;
use crate::servers::{Servers, Waited};
use crate::tools::{self, python::Venv};

/// What the command line says.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    ports: Ports,
    transport: Transport,
}

/// How the tokens travel between the app and the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transport {
    Cookie,
    Bearer,
}

#[derive(Debug, PartialEq, Eq)]
struct Ports {
    app: Port,
    backend: Port,
    provider: Port,
}

pub fn run(project: &Project, arguments: lexopt::Parser) -> Result<()> {
    let options = Options::parse(arguments)?;
    let Ports { app, backend, provider } = options.ports;
    ensure_usable(&[app, backend, provider])?;
    tools::ensure_app_tools(project)?;
    let venv = Venv::ensure(project)?;

    let state = project.target().join("dev");
    let logs = state.join("logs");
    fs::create_dir_all(&logs).with_context(|| format!("{} could not be made", logs.display()))?;
    let servers = [
        DjangoServer::provider(provider, app, &state),
        DjangoServer::backend(backend, app, provider, &state).with("COOKIE_MODE", options.transport.cookie_mode()),
    ];
    announce("preparing the databases of the provider and the backend");
    servers.iter().try_for_each(|server| server.prepare(&venv))?;

    announce("starting the provider, the backend and the app (the first build takes a minute or two)");
    let mut running = Servers::new(interrupts()?, logs.clone());
    servers.iter().try_for_each(|server| server.start(&venv, &mut running))?;
    running.start("app", &mut serve_app(project, &options))?;
    if wait_until_ready(&servers, app, &mut running)? == Waited::Ready {
        println!("\n{}\n", framed(&welcome(app, &logs)));
        running.wait_for_interrupt()?;
    }
    announce("stopping all servers");
    Ok(())
}

fn wait_until_ready(servers: &[DjangoServer], app: Port, running: &mut Servers) -> Result<Waited> {
    for server in servers {
        if server.wait_until_ready(running)? == Waited::Interrupted {
            return Ok(Waited::Interrupted);
        }
    }
    running.wait_until_ready(app.address(), "/")
}

impl Options {
    fn parse(mut arguments: lexopt::Parser) -> Result<Self> {
        let mut transport = Transport::Cookie;
        let mut ports = Ports {
            app: Port { number: 8080, server: "the app", option: "port" },
            backend: Port { number: 8021, server: "the backend", option: "backend-port" },
            provider: Port { number: 8022, server: "the provider", option: "provider-port" },
        };
        while let Some(argument) = arguments.next()? {
            let port = match argument {
                Long("port") => &mut ports.app,
                Long("backend-port") => &mut ports.backend,
                Long("provider-port") => &mut ports.provider,
                Long("bearer") => {
                    transport = Transport::Bearer;
                    continue;
                }
                other => return Err(other.unexpected().into()),
            };
            port.choose(&arguments.value()?)?;
        }
        Ok(Self { ports, transport })
    }
}

impl Transport {
    fn cookie_mode(self) -> &'static str {
        match self {
            Self::Cookie => "1",
            Self::Bearer => "0",
        }
    }
}

/// Its own output folder: `dist/` is what `build` made.
fn serve_app(project: &Project, options: &Options) -> Command {
    let Options { ports, transport } = options;
    let mut command = project.tool("trunk");
    let features = match transport {
        Transport::Cookie => "faults",
        Transport::Bearer => "faults,bearer",
    };
    command.args(["serve", "--features", features, "--dist", "target/dev/dist"]);
    command.args(["--port", &ports.app.number.to_string()]);
    command.args(["--proxy-backend", &format!("{}/api/", ports.backend.origin())]);
    command.args(["--proxy-no-redirect", "--proxy-no-system-proxy"]);
    if stdout().is_terminal() {
        command.args(["--color", "always"]).env("CARGO_TERM_COLOR", "always");
    }
    command
}

fn welcome(app: Port, logs: &Path) -> String {
    format!("The app: {}/\n{ACCOUNTS}\n\nLogs: {}\nCtrl-C stops everything", app.origin(), logs.display())
}

#[cfg(test)]
mod tests;
