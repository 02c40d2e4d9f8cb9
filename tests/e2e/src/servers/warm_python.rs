//! The Python process that all servers are forked from: see backend/tests/e2e/warm_python.py.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use serde::Serialize;

use crate::machine::{Environment, Process, backend, python};

/// How long Python may take until its first fork, on a busy machine.
const START: Duration = Duration::from_secs(60);
const CONNECT_INTERVAL: Duration = Duration::from_millis(20);
/// How long the processes of a group may take to end after they are killed.
const END: Duration = Duration::from_secs(10);

static PYTHON: OnceLock<std::result::Result<WarmPython, String>> = OnceLock::new();

/// A running Python that forks other programs.
#[derive(Debug)]
pub(crate) struct WarmPython {
    socket: PathBuf,
    log: PathBuf,
    process: Mutex<Process>,
}

/// The program that a fork runs.
#[derive(Debug, Serialize)]
pub(crate) struct Program<'p> {
    /// Python source.
    pub(crate) program: &'p str,
    /// The `sys.argv`.
    pub(crate) arguments: &'p [&'p str],
    /// The whole environment.
    pub(crate) environment: &'p BTreeMap<&'static str, String>,
    /// The output is appended to this file.
    pub(crate) output: &'p Path,
}

/// A running program and the processes that it has started. Dropping it kills all of them.
#[derive(Debug)]
pub(crate) struct Fork {
    group: Pid,
    /// Open as long as any process of the group lives.
    connection: BufReader<UnixStream>,
}

impl WarmPython {
    /// The one of this test run.
    pub(crate) fn get(environment: &Environment) -> Result<&'static Self> {
        let start = || Self::start(environment).map_err(|error| format!("{error:#}"));
        PYTHON.get_or_init(start).as_ref().map_err(|error| anyhow!("no Python: {error}"))
    }

    fn start(environment: &Environment) -> Result<Self> {
        fs::create_dir_all(&environment.state)?;
        let socket = environment.state.join("python");
        let log = environment.state.join("python.log");
        // The developer's environment must not reach the servers: they would share a database or a port.
        let backend = backend()?;
        let prepare = |command: &mut Command| {
            command.current_dir(&backend).env_clear().envs(inherited()).env("PYTHONUNBUFFERED", "1");
            command.args(["-m", "tests.e2e.warm_python"]).arg(&socket);
        };
        let process = Process::start(&python()?, prepare, &log)?;
        Ok(Self { socket, log, process: Mutex::new(process) })
    }

    fn connect(&self) -> Result<UnixStream> {
        let deadline = Instant::now() + START;
        loop {
            match UnixStream::connect(&self.socket) {
                Ok(connection) => return Ok(connection),
                Err(error) => ensure!(Instant::now() < deadline, "Python does not listen: {error}"),
            }
            self.process.lock().unwrap_or_else(PoisonError::into_inner).ensure_alive()?;
            thread::sleep(CONNECT_INTERVAL);
        }
    }

    pub(crate) fn become_program(&self, program: &Program<'_>) -> Result<Fork> {
        let mut connection = self.connect().with_context(|| format!("see {}", self.log.display()))?;
        connection.write_all(format!("{}\n", serde_json::to_string(program)?).as_bytes())?;
        let mut connection = BufReader::new(connection);
        connection.get_ref().set_read_timeout(Some(START))?;
        let mut group = String::new();
        connection.read_line(&mut group)?;
        connection.get_ref().set_read_timeout(None)?;
        let group = group.trim().parse().with_context(|| format!("no process: see {}", self.log.display()))?;
        Ok(Fork { group: Pid::from_raw(group), connection })
    }
}

impl Fork {
    pub(crate) fn ensure_alive(&mut self) -> Result<()> {
        self.connection.get_ref().set_nonblocking(true)?;
        let available = self.connection.fill_buf().map(<[u8]>::len);
        self.connection.get_ref().set_nonblocking(false)?;
        match available {
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            _ => bail!("process {} ended by itself", self.group),
        }
    }

    /// Waits until the program has ended, and fails if it failed.
    pub(crate) fn finish(mut self) -> Result<()> {
        let mut text = String::new();
        self.connection.read_to_string(&mut text)?;
        ensure!(text == "ended\n", "python failed");
        Ok(())
    }
}

impl Drop for Fork {
    fn drop(&mut self) {
        // The group may be gone already, and nothing can be done about any other error.
        let _ = killpg(self.group, Signal::SIGKILL);
        let _ = self.connection.get_ref().set_read_timeout(Some(END));
        let _ = self.connection.read_to_end(&mut Vec::new());
    }
}

/// The variables of this process that every program needs.
pub(crate) fn inherited() -> impl Iterator<Item = (&'static str, String)> {
    ["PATH", "HOME", "LANG"].into_iter().filter_map(|name| Some((name, env::var(name).ok()?)))
}
