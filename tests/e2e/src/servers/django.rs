//! One of the two Django servers, as in production: gunicorn, a socket, its own database.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use super::warm_python::{Fork, Program, WarmPython, inherited};
use crate::machine::Environment;
use crate::wait::eventually;

/// How long a server may take to answer its first request, on a busy machine.
const START: Duration = Duration::from_secs(60);

const SERVE: &str = "
from gunicorn.app.wsgiapp import run
run()
";

const CREATE_DATABASE: &str = "
import sys
import psycopg
from psycopg import sql
cluster, name = sys.argv[1:]
with psycopg.connect(cluster, autocommit=True) as connection:
    connection.execute(sql.SQL('CREATE DATABASE {}').format(sql.Identifier(name)))
";

const MANAGE: &str = "
import sys, django
from django.core.management import call_command
django.setup()
for command in sys.argv[1:]:
    call_command(command)
";

/// Which of the two servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Backend,
    Provider,
}

impl Role {
    fn settings(self) -> &'static str {
        match self {
            Self::Backend => "tests.e2e.settings",
            Self::Provider => "tests.e2e.settings_idp",
        }
    }

    /// A path that answers 200 once the server is up.
    fn health_path(self) -> &'static str {
        match self {
            Self::Backend => "/api/__faults__/",
            Self::Provider => "/.well-known/openid-configuration",
        }
    }
}

/// A server, running or stopped. Its address never changes.
#[derive(Debug)]
pub(crate) struct Django {
    environment: Environment,
    role: Role,
    state: PathBuf,
    port: u16,
    variables: BTreeMap<&'static str, String>,
    process: Option<Fork>,
}

impl Django {
    pub(crate) fn new(environment: &Environment, role: Role, state: PathBuf, port: u16) -> Self {
        let own = [
            ("DEBUG", "1".to_owned()),
            ("DJANGO_SETTINGS_MODULE", role.settings().to_owned()),
            ("STATE_DIR", state.display().to_string()),
        ];
        let variables = inherited().chain(own).collect();
        Self { environment: environment.clone(), role, state, port, variables, process: None }
    }

    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.variables.insert(name, value.into());
    }

    pub(crate) fn origin(&self) -> String {
        origin(self.port)
    }

    /// Gives the server a database of its own in the cluster, migrated and seeded.
    pub(crate) fn move_to_postgresql(&mut self) -> Result<()> {
        let cluster = self.environment.postgresql()?.to_owned();
        let (server, _) = cluster.rsplit_once('/').context("the cluster's address names a database")?;
        let name = format!("test_{}", self.port);
        self.run_python(CREATE_DATABASE, &[&cluster, &name])?;
        self.set("DATABASE_URL", format!("{server}/{name}"));
        self.manage(&["migrate", "seed"])
    }

    /// Runs commands of `manage.py` that take no arguments.
    pub(crate) fn manage(&self, commands: &[&str]) -> Result<()> {
        self.run_python(MANAGE, commands)
    }

    /// Runs a Python program with the server's settings and database.
    pub(crate) fn run_python(&self, program: &str, arguments: &[&str]) -> Result<()> {
        fs::create_dir_all(&self.state)?;
        let arguments = [&["python"], arguments].concat();
        self.fork(program, &arguments)?.finish().with_context(|| format!("see {}", self.log().display()))
    }

    pub(crate) async fn start(&mut self) -> Result<()> {
        let address = format!("127.0.0.1:{}", self.port);
        let mut process = self.fork(SERVE, &["gunicorn", "config.wsgi:application", "--bind", &address])?;
        let url = format!("{}{}", self.origin(), self.role.health_path());
        let is_up = async || {
            process.ensure_alive()?;
            let response = reqwest::get(&url).await;
            Ok(response.is_ok_and(|response| response.status().is_success()).then_some(()))
        };
        let up = eventually("the server answers", START, is_up).await;
        up.with_context(|| format!("see {}", self.log().display()))?;
        self.process = Some(process);
        Ok(())
    }

    /// The folder of the mails that the server has sent.
    pub(crate) fn mails(&self) -> PathBuf {
        self.state.join("mail")
    }

    /// Kills the server.
    pub(crate) fn stop(&mut self) {
        self.process = None;
    }

    fn log(&self) -> PathBuf {
        self.state.with_extension("log")
    }

    fn fork(&self, program: &str, arguments: &[&str]) -> Result<Fork> {
        let (environment, output) = (&self.variables, &*self.log());
        WarmPython::get(&self.environment)?.become_program(&Program { program, arguments, environment, output })
    }
}

pub(crate) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// Copies a server's state, which is all the files in its folder.
pub(crate) fn copy_state(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
