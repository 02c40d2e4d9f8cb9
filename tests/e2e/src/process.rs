//! A program that ends when its test does.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// A running program and the processes it has started. Dropping this ends all of them.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts it in a process group of its own, its output at the end of the file `output`.
    pub(crate) fn start(command: &mut Command, output: &Path) -> Result<Self> {
        let log = File::options().create(true).append(true).open(output)?;
        command.process_group(0).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        end_with_its_starter(command);
        let child = command.spawn().with_context(|| format!("{} cannot be started", program(command)))?;
        Ok(Self { child })
    }

    pub(crate) fn ensure_alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("process {} ended by itself: {status}", self.child.id()),
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

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// A test that is killed runs no destructor. The kernel then ends what it had started, by a signal that lets a server
/// end its own children.
fn end_with_its_starter(command: &mut Command) {
    // SAFETY: between fork and exec the closure makes one system call, and touches no memory of ours.
    unsafe {
        command.pre_exec(|| set_pdeathsig(Signal::SIGTERM).map_err(Into::into));
    }
}
