//! The Python of which all servers are forks: see backend/tests/e2e/warm_python.py.

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

use crate::environment::Environment;
use crate::process::Process;

/// From the start of Python to the first fork, on a busy machine.
const START: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long the processes of a group take at most to be gone, once they are killed.
const END: Duration = Duration::from_secs(10);

static PYTHON: OnceLock<std::result::Result<WarmPython, String>> = OnceLock::new();

/// A running Python that becomes other programs.
#[derive(Debug)]
pub(crate) struct WarmPython {
    socket: PathBuf,
    log: PathBuf,
    process: Mutex<Process>,
}

/// What a fork is to be.
#[derive(Debug, Serialize)]
pub(crate) struct Program<'p> {
    /// Python source.
    pub(crate) program: &'p str,
    /// Its `sys.argv`.
    pub(crate) arguments: &'p [&'p str],
    /// Its whole environment.
    pub(crate) environment: &'p BTreeMap<&'static str, String>,
    /// What it prints goes to the end of this file.
    pub(crate) output: &'p Path,
}

/// A running program and the processes it has started. Dropping this ends all of them.
#[derive(Debug)]
pub(crate) struct Fork {
    group: Pid,
    /// Open as long as any of them lives.
    connection: BufReader<UnixStream>,
}

impl WarmPython {
    /// The one of this run of tests.
    pub(crate) fn get(environment: &Environment) -> Result<&'static Self> {
        let start = || Self::start(environment).map_err(|error| format!("{error:#}"));
        PYTHON.get_or_init(start).as_ref().map_err(|error| anyhow!("no Python: {error}"))
    }

    fn start(environment: &Environment) -> Result<Self> {
        fs::create_dir_all(&environment.state)?;
        let socket = environment.state.join("python");
        let log = environment.state.join("python.log");
        // What the person's own environment says must not reach the servers: they would share a database, or a port.
        let prepare = |command: &mut Command| {
            command.current_dir(&environment.backend).env_clear().envs(inherited()).env("PYTHONUNBUFFERED", "1");
            command.args(["-m", "tests.e2e.warm_python"]).arg(&socket);
        };
        let process = Process::start(&environment.python, prepare, &log)?;
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
            thread::sleep(LOOK_EVERY);
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
        let told = self.connection.fill_buf().map(<[u8]>::len);
        self.connection.get_ref().set_nonblocking(false)?;
        match told {
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            _ => bail!("process {} ended by itself", self.group),
        }
    }

    /// Waits until the program has come to its end.
    pub(crate) fn finish(mut self) -> Result<()> {
        let mut told = String::new();
        self.connection.read_to_string(&mut told)?;
        ensure!(told == "ended\n", "python failed");
        Ok(())
    }
}

impl Drop for Fork {
    fn drop(&mut self) {
        // A group that is gone already needs no signal, and there is nothing to do about any other error.
        let _ = killpg(self.group, Signal::SIGKILL);
        let _ = self.connection.get_ref().set_read_timeout(Some(END));
        let _ = self.connection.read_to_end(&mut Vec::new());
    }
}

/// What of this process's own environment every program needs.
pub(crate) fn inherited() -> impl Iterator<Item = (&'static str, String)> {
    ["PATH", "HOME", "LANG"].into_iter().filter_map(|name| Some((name, env::var(name).ok()?)))
}
