//! A child process that ends with its owner, or with the test run.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// A killed test run calls no destructor, but it closes the pipe that this shell reads from. The shell then kills its
/// process group, and so everything that the program has started.
const GUARD: &str = r#"{ "$@"; kill -KILL 0; } & read -r _; kill -KILL 0"#;

/// A running program and the processes that it has started. Dropping it kills all of them.
#[derive(Debug)]
pub struct Process {
    /// The guard. It leads the process group, and reads from a pipe to this process.
    child: Child,
}

impl Process {
    /// Starts the program in a process group of its own. `prepare` adds arguments and environment, and the output is
    /// appended to the file `output`.
    pub fn start(program: &Path, prepare: impl FnOnce(&mut Command), output: &Path) -> Result<Self> {
        let log = File::options().create(true).append(true).open(output)?;
        let mut command = Command::new("sh");
        command.args(["-c", GUARD, "guard"]).arg(program);
        prepare(&mut command);
        command.process_group(0).stdin(Stdio::piped()).stdout(log.try_clone()?).stderr(log);
        Ok(Self { child: command.spawn().context("sh cannot be started")? })
    }

    /// Fails if the program has ended.
    pub fn ensure_alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(_) => bail!("process {} ended by itself", self.child.id()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The group may be gone already, and nothing can be done about any other error.
        let _ = killpg(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGKILL);
        let _ = self.child.wait();
    }
}
