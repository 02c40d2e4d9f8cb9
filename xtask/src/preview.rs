//! `preview`: the release build and the API from one origin, as they are in production, until Ctrl-C.

pub mod secret_key;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use lexopt::prelude::*;

use self::secret_key::secret_key;
use crate::command::announce;
use crate::django::{ACCOUNTS, DjangoServer};
use crate::frame::framed;
use crate::interrupts::interrupts;
use crate::ports::{Port, ensure_usable};
use crate::project::Project;
use crate::release;
use crate::servers::{Servers, Waited};
use crate::tools::python::Venv;

/// What runs, and where it keeps its things.
pub struct Preview {
    pub app: Port,
    pub provider: Port,
    pub dist: PathBuf,
    pub state: PathBuf,
}

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    let mut app = Port { number: 8080, server: "the app", option: "port" };
    let mut provider = Port { number: 8022, server: "the provider", option: "provider-port" };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => app.choose(&arguments.value()?)?,
            Long("provider-port") => provider.choose(&arguments.value()?)?,
            other => return Err(other.unexpected().into()),
        }
    }
    ensure_usable(&[app, provider])?;
    release::build(project, &project.dist(), &[])?;
    let preview = Preview { app, provider, dist: project.dist(), state: project.target().join("preview") };
    let mut running = preview.prepare()?;
    if preview.start(&Venv::ensure(project)?, &mut running, &[])? == Waited::Ready {
        println!("\n{}\n", framed(&preview.welcome()));
        running.wait_for_interrupt()?;
    }
    announce("stopping all servers");
    Ok(())
}

impl Preview {
    /// Servers that run until Ctrl-C; none of them yet.
    pub fn prepare(&self) -> Result<Servers> {
        let logs = self.logs();
        fs::create_dir_all(&logs).with_context(|| format!("{} could not be made", logs.display()))?;
        Ok(Servers::new(interrupts()?, logs))
    }

    /// Starts both servers, the backend with these variables besides.
    pub fn start(
        &self,
        venv: &Venv,
        running: &mut Servers,
        variables: &[(&'static str, &'static str)],
    ) -> Result<Waited> {
        let servers = [
            self.provider(),
            variables.iter().fold(self.backend()?, |server, (name, value)| server.with(name, *value)),
        ];
        announce("preparing and starting the provider and the backend");
        for server in &servers {
            server.prepare(venv)?;
            server.start(venv, running)?;
        }
        for server in &servers {
            if server.wait_until_ready(running)? == Waited::Interrupted {
                return Ok(Waited::Interrupted);
            }
        }
        Ok(Waited::Ready)
    }

    /// As in development: nobody has it in production.
    fn provider(&self) -> DjangoServer {
        DjangoServer::provider(self.provider, self.app, &self.state)
    }

    fn backend(&self) -> Result<DjangoServer> {
        let server = DjangoServer::backend(self.app, self.app, self.provider, &self.state)
            .with("DEBUG", "0")
            // Plain http, and mails as files: production would refuse both.
            .with("LOOPBACK_ONLY", "1")
            .with("LOG_FORMAT", "line")
            .with("SECRET_KEY", secret_key(&self.state, "secret-key")?)
            .with("JWT_SIGNING_KEY", secret_key(&self.state, "jwt-signing-key")?)
            .with("SPA_DIST", self.dist.to_string_lossy());
        Ok(server)
    }

    fn logs(&self) -> PathBuf {
        self.state.join("logs")
    }

    fn welcome(&self) -> String {
        let Self { app, .. } = self;
        let logs: &Path = &self.logs();
        format!("The app: {}/\n{ACCOUNTS}\n\nLogs: {}\nCtrl-C stops everything", app.origin(), logs.display())
    }
}
