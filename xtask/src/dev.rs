//! `dev`: the provider, the backend and the app, set up and running until Ctrl-C.

use std::fs;
use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver};

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use crate::command::{announce, run_quietly};
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

/// The two Django servers: one code base, told apart by settings, state and seed.
struct DjangoServer<'a> {
    name: &'static str,
    port: Port,
    settings: &'static str,
    seed: &'static str,
    state: PathBuf,
    options: &'a Options,
}

pub fn run(project: &Project, arguments: lexopt::Parser) -> Result<()> {
    let options = Options::parse(arguments)?;
    let ports = &options.ports;
    ensure_usable(&[ports.app, ports.backend, ports.provider])?;
    tools::ensure_app_tools(project)?;
    let venv = Venv::ensure(project)?;

    let state = project.target().join("dev");
    let logs = state.join("logs");
    fs::create_dir_all(&logs).with_context(|| format!("{} could not be made", logs.display()))?;
    let (provider, backend) = (options.provider(&state), options.backend(&state));
    announce("preparing the databases of the provider and the backend");
    provider.prepare(&venv)?;
    backend.prepare(&venv)?;

    announce("starting the provider, the backend and the app (the first build takes a minute or two)");
    let mut servers = Servers::new(interrupts()?, logs.clone());
    servers.start(provider.name, &mut provider.serve(&venv))?;
    servers.start(backend.name, &mut backend.serve(&venv))?;
    servers.start("app", &mut serve_app(project, &options))?;
    if wait_until_ready(&mut servers, ports)? == Waited::Ready {
        println!("\n{}\n", framed(&welcome(ports, &logs)));
        servers.wait_for_interrupt()?;
    }
    announce("stopping all servers");
    Ok(())
}

fn wait_until_ready(servers: &mut Servers, ports: &Ports) -> Result<Waited> {
    let answered =
        [(ports.provider, "/.well-known/openid-configuration"), (ports.backend, "/api/social/"), (ports.app, "/")];
    for (port, path) in answered {
        if servers.wait_until_ready(port.address(), path)? == Waited::Interrupted {
            return Ok(Waited::Interrupted);
        }
    }
    Ok(Waited::Ready)
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
            let value = arguments.value()?;
            port.number = port_number(&value.to_string_lossy())?;
        }
        Ok(Self { ports, transport })
    }

    fn provider(&self, state: &Path) -> DjangoServer<'_> {
        DjangoServer {
            name: "provider",
            port: self.ports.provider,
            settings: "config.settings_idp",
            seed: "seed_provider",
            state: state.join("provider"),
            options: self,
        }
    }

    fn backend(&self, state: &Path) -> DjangoServer<'_> {
        DjangoServer {
            name: "backend",
            port: self.ports.backend,
            settings: "config.settings",
            seed: "seed",
            state: state.join("backend"),
            options: self,
        }
    }
}

impl Ports {
    /// Both names a browser may use for this machine.
    fn app_origins(&self) -> String {
        let number = self.app.number;
        format!("http://127.0.0.1:{number},http://localhost:{number}")
    }
}

impl DjangoServer<'_> {
    fn prepare(&self, venv: &Venv) -> Result<()> {
        run_quietly(self.command(venv).args(["manage.py", "migrate"]))?;
        run_quietly(self.command(venv).args(["manage.py", self.seed]))
    }

    /// The rest is in gunicorn.conf.py, which gunicorn reads from its folder.
    fn serve(&self, venv: &Venv) -> Command {
        let mut command = self.command(venv);
        command.args(["-m", "gunicorn", "config.wsgi:application", "--no-control-socket", "--bind"]);
        command.arg(self.port.address().to_string());
        command
    }

    fn command(&self, venv: &Venv) -> Command {
        let mut command = venv.command();
        command.env("DJANGO_SETTINGS_MODULE", self.settings).env("STATE_DIR", &self.state);
        // What the user's own environment says comes first: `ACCESS_TTL=90 cargo xtask dev` and the like.
        for (name, value) in self.defaults() {
            if std::env::var_os(name).is_none() {
                command.env(name, value);
            }
        }
        if self.name == "provider" {
            // These choose the backend's database; the provider must not share it.
            command.env_remove("DATABASE_URL").env_remove("SQLITE_PATH");
        }
        command
    }

    fn defaults(&self) -> [(&'static str, String); 7] {
        let Options { ports, transport } = self.options;
        let cookies = if *transport == Transport::Cookie { "1" } else { "0" };
        [
            ("DEBUG", "1".to_owned()),
            ("FAULTS", "0".to_owned()),
            ("COOKIE_MODE", cookies.to_owned()),
            // Plain http: a browser keeps no `Secure` cookie of it.
            ("COOKIE_SECURE", "0".to_owned()),
            ("PYTHONUNBUFFERED", "1".to_owned()),
            ("SPA_ORIGINS", ports.app_origins()),
            ("OIDC_SERVER_URL", ports.provider.origin()),
        ]
    }
}

/// Its own output folder: `dist/` is what `build` made.
fn serve_app(project: &Project, options: &Options) -> Command {
    let Options { ports, transport } = options;
    let mut command = project.tool("trunk");
    command.args(["serve", "--dist", "target/dev/dist", "--port", &ports.app.number.to_string()]);
    command.args(["--proxy-backend", &format!("{}/api/", ports.backend.origin())]);
    command.args(["--proxy-no-redirect", "--proxy-no-system-proxy"]);
    if *transport == Transport::Bearer {
        command.args(["--features", "bearer"]);
    }
    if stdout().is_terminal() {
        command.args(["--color", "always"]).env("CARGO_TERM_COLOR", "always");
    }
    command
}

fn port_number(text: &str) -> Result<u16> {
    match text.parse() {
        Ok(number) if number != 0 => Ok(number),
        _ => bail!("a port is a number from 1 to 65535, not `{text}`"),
    }
}

fn interrupts() -> Result<Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    let interrupt = move || {
        // Nobody listens any more once the servers are being stopped: then a further Ctrl-C changes nothing.
        let _ = sender.send(());
    };
    ctrlc::set_handler(interrupt).context("Ctrl-C cannot be caught")?;
    Ok(receiver)
}

fn welcome(ports: &Ports, logs: &Path) -> String {
    format!(
        "The app: {}/\n\
         Sign in as demo, password demo-password\n\
         or by the OpenID provider as alice, password password\n\
         \n\
         Logs: {}\n\
         Ctrl-C stops everything",
        ports.app.origin(),
        logs.display(),
    )
}

fn framed(text: &str) -> String {
    let width = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let edge = format!("+{}+", "-".repeat(width + 4));
    let lines = text.lines().map(|line| format!("|  {line:<width$}  |"));
    std::iter::once(edge.clone()).chain(lines).chain(std::iter::once(edge.clone())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
