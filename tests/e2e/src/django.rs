//! One of the two Django servers, as it really runs: gunicorn, a socket, state of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::environment::Environment;
use crate::process::Process;
use crate::wait::eventually;

/// From the start of Python to the first answer, on a busy machine.
const START: Duration = Duration::from_secs(60);

/// One interpreter for all commands: starting it is most of the time they take.
const MANAGE: &str = "
import sys, django
from django.core.management import call_command
django.setup()
for command in sys.argv[1:]:
    call_command(command)
";

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Backend,
    Provider,
}

impl Role {
    fn settings(self) -> &'static str {
        match self {
            Self::Backend => "config.settings",
            Self::Provider => "config.settings_idp",
        }
    }

    /// What it answers once it is up.
    fn first_page(self) -> &'static str {
        match self {
            Self::Backend => "/api/__faults__/",
            Self::Provider => "/.well-known/openid-configuration",
        }
    }
}

/// A server, running or stopped, always at the same address.
#[derive(Debug)]
pub(crate) struct Django {
    environment: Environment,
    role: Role,
    state: PathBuf,
    port: u16,
    variables: Vec<(&'static str, String)>,
    process: Option<Process>,
}

impl Django {
    pub(crate) fn new(environment: &Environment, role: Role, state: PathBuf, port: u16) -> Self {
        let variables = vec![
            ("DEBUG", "1".to_owned()),
            ("DJANGO_SETTINGS_MODULE", role.settings().to_owned()),
            ("PYTHONUNBUFFERED", "1".to_owned()),
            ("STATE_DIR", state.display().to_string()),
        ];
        Self { environment: environment.clone(), role, state, port, variables, process: None }
    }

    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.variables.push((name, value.into()));
    }

    pub(crate) fn origin(&self) -> String {
        origin(self.port)
    }

    /// Runs commands of `manage.py`, which take no arguments.
    pub(crate) fn manage(&self, commands: &[&str]) -> Result<()> {
        self.run_python(MANAGE, commands)
    }

    /// Runs a Python program with the server's settings and database.
    pub(crate) fn run_python(&self, program: &str, arguments: &[&str]) -> Result<()> {
        fs::create_dir_all(&self.state)?;
        let output = self.python().args(["-c", program]).args(arguments).output()?;
        ensure!(output.status.success(), "python failed:\n{}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    pub(crate) async fn start(&mut self) -> Result<()> {
        let mut command = self.python();
        command.args(["-m", "gunicorn", "config.wsgi:application", "--bind", &format!("127.0.0.1:{}", self.port)]);
        let log = self.log();
        let mut process = Process::start(&mut command, &log)?;
        let url = format!("{}{}", self.origin(), self.role.first_page());
        let is_up = async || {
            process.ensure_alive()?;
            let answer = reqwest::get(&url).await;
            Ok(answer.is_ok_and(|answer| answer.status().is_success()).then_some(()))
        };
        eventually("the server answers", START, is_up).await.with_context(|| format!("see {}", log.display()))?;
        self.process = Some(process);
        Ok(())
    }

    /// The folder of the mails that it has sent.
    pub(crate) fn mails(&self) -> PathBuf {
        self.state.join("mail")
    }

    /// Ends it at once, as a power cut does.
    pub(crate) fn stop(&mut self) {
        self.process = None;
    }

    fn log(&self) -> PathBuf {
        self.state.with_extension("log")
    }

    /// What the person's own environment says must not reach the servers: they would share a database, or a port.
    fn python(&self) -> Command {
        let mut command = Command::new(&self.environment.python);
        command.current_dir(&self.environment.backend).env_clear().envs(self.variables.iter().map(|(n, v)| (n, v)));
        command.envs(["PATH", "HOME", "LANG"].iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        command
    }
}

pub(crate) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// Copies what a server has written into its folder.
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
