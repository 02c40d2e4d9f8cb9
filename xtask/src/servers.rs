//! Servers that run together: their lines under their names, and one end for all of them.

mod log;

use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use self::log::Log;
use crate::http_probe;

const POLL: Duration = Duration::from_millis(100);
/// How long a server may take to end by itself before it is ended.
const GRACE: Duration = Duration::from_secs(5);

/// Why waiting came to an end other than by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waited {
    Ready,
    Interrupted,
}

struct Server {
    name: &'static str,
    child: Child,
    log: Log,
}

/// The servers that were started. Dropping this stops them, last started first.
pub struct Servers {
    running: Vec<Server>,
    interrupts: Receiver<()>,
    logs: PathBuf,
    is_silent: bool,
}

impl Servers {
    /// `interrupts` tells when the user wants all of it to end; `logs` is the folder for one log a server.
    pub fn new(interrupts: Receiver<()>, logs: PathBuf) -> Self {
        Self { running: Vec::new(), interrupts, logs, is_silent: false }
    }

    /// Their lines go into the logs alone.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.is_silent = true;
        self
    }

    pub fn start(&mut self, name: &'static str, command: &mut Command) -> Result<()> {
        // A group of its own: Ctrl-C reaches this tool alone, which then stops each server with its children.
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("{name} could not be started"))?;
        let streams = (child.stdout.take(), child.stderr.take());
        let log = Log::follow(name, &self.logs.join(format!("{name}.log")), streams, !self.is_silent);
        self.running.push(Server { name, child, log: log? });
        Ok(())
    }

    /// Waits until a GET of `path` is answered well, as long as all the servers live.
    pub fn wait_until_ready(&mut self, address: SocketAddr, path: &str) -> Result<Waited> {
        loop {
            if http_probe::status(address, path).is_ok_and(|status| status < 400) {
                return Ok(Waited::Ready);
            }
            if self.wait_a_moment()? == Waited::Interrupted {
                return Ok(Waited::Interrupted);
            }
        }
    }

    /// Waits for the user to end it. That a server ends by itself is an error.
    pub fn wait_for_interrupt(&mut self) -> Result<()> {
        while self.wait_a_moment()? != Waited::Interrupted {}
        Ok(())
    }

    fn wait_a_moment(&mut self) -> Result<Waited> {
        match self.interrupts.recv_timeout(POLL) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(Waited::Interrupted),
            Err(RecvTimeoutError::Timeout) => {}
        }
        for server in &mut self.running {
            if let Some(status) = server.child.try_wait()? {
                bail!("{}", obituary(server, status));
            }
        }
        Ok(Waited::Ready)
    }

    /// Ends what is running, and hands it back ended.
    fn stop_all(&mut self) -> Vec<Server> {
        let mut servers = std::mem::take(&mut self.running);
        for server in servers.iter().rev() {
            server.signal(Signal::SIGTERM);
        }
        let deadline = Instant::now() + GRACE;
        while servers.iter_mut().any(Server::is_alive) && Instant::now() < deadline {
            thread::sleep(POLL);
        }
        for server in &mut servers {
            server.signal(Signal::SIGKILL);
            // Reaped, so that no zombie is left behind; there is nothing to do about an error.
            let _ = server.child.wait();
        }
        servers
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.stop_all();
    }
}

impl Server {
    fn group(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }

    /// Reaches the server and whatever it started; a group that is gone already needs no signal.
    fn signal(&self, signal: Signal) {
        let _ = killpg(self.group(), signal);
    }

    /// Whether any process of the group is left. The reaping comes first: a zombie counts as alive.
    fn is_alive(&mut self) -> bool {
        let _ = self.child.try_wait();
        killpg(self.group(), None).is_ok()
    }
}

fn obituary(server: &mut Server, status: ExitStatus) -> String {
    // Its children may hold the pipes open, and the log ends only when those close.
    server.signal(Signal::SIGKILL);
    let lines = server.log.last_lines();
    format!("{} stopped by itself ({status}), so the others were stopped too. Its last lines:\n{lines}", server.name)
}

#[cfg(test)]
mod tests;
