//! A program that ends when its user does, or with all the tests.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// Tests that are killed run no destructor; but whatever ends them closes the pipe that this reads from. And whatever
/// ends the program ends what it has started.
const GUARD: &str = r#"{ "$@"; kill -KILL 0; } & read -r _; kill -KILL 0"#;

/// A running program and the processes it has started. Dropping this ends all of them.
#[derive(Debug)]
pub(crate) struct Process {
    /// The guard. It leads their process group, and reads from a pipe to here.
    child: Child,
}

impl Process {
    /// Starts it with the arguments and the environment that `prepare` gives it, in a process group of its own, its
    /// output at the end of the file `output`.
    pub(crate) fn start(program: &Path, prepare: impl FnOnce(&mut Command), output: &Path) -> Result<Self> {
        let log = File::options().create(true).append(true).open(output)?;
        let mut command = Command::new("sh");
        command.args(["-c", GUARD, "guard"]).arg(program);
        prepare(&mut command);
        command.process_group(0).stdin(Stdio::piped()).stdout(log.try_clone()?).stderr(log);
        Ok(Self { child: command.spawn().context("sh cannot be started")? })
    }

    pub(crate) fn ensure_alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(_) => bail!("process {} ended by itself", self.child.id()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A group that is gone already needs no signal, and there is nothing to do about any other error.
        let _ = killpg(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGKILL);
        let _ = self.child.wait();
    }
}
