//! A server of another project that tests need: started on a free port of this machine, gone with its data in the end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

const POLL: Duration = Duration::from_millis(50);
const START: Duration = Duration::from_secs(60);
const END: Duration = Duration::from_secs(10);

/// A folder for one server, deleted when this is dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// Outside the checkout: another user may have to read it, who need not see the checkout.
    pub fn new(server: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("yew-auth-{server}-{}", std::process::id()));
        if path.exists() {
            fs::remove_dir_all(&path).with_context(|| format!("{} could not be emptied", path.display()))?;
        }
        fs::create_dir_all(&path).with_context(|| format!("{} could not be made", path.display()))?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // There is nothing to do about an error: the folder is a temporary one.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A running server. Dropping this ends it, then deletes its folder.
pub struct LoopbackServer {
    name: &'static str,
    child: Child,
    stop: Signal,
    folder: Folder,
}

impl LoopbackServer {
    /// Starts it and waits until it is ready. `stop` is the signal on which it ends at once and in order.
    pub fn start(
        name: &'static str,
        command: &mut Command,
        folder: Folder,
        stop: Signal,
        mut is_ready: impl FnMut() -> bool,
    ) -> Result<Self> {
        let log = fs::File::create(folder.path().join("log"))?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = command.spawn().with_context(|| format!("{name} could not be started"))?;
        let mut server = Self { name, child, stop, folder };
        let deadline = Instant::now() + START;
        while !is_ready() {
            if let Some(status) = server.child.try_wait()? {
                bail!("{name} ended by itself ({status}):\n{}", server.log());
            }
            if Instant::now() > deadline {
                bail!("{name} was not ready within {} s:\n{}", START.as_secs(), server.log());
            }
            thread::sleep(POLL);
        }
        Ok(server)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn signal(&self, signal: Signal) {
        // One that has ended needs no signal.
        let _ = kill(Pid::from_raw(self.child.id().cast_signed()), signal);
    }

    fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for LoopbackServer {
    fn drop(&mut self) {
        self.signal(self.stop);
        let deadline = Instant::now() + END;
        while !self.has_ended() && Instant::now() < deadline {
            thread::sleep(POLL);
        }
        if !self.has_ended() {
            eprintln!("{} did not end by itself and is killed", self.name);
            self.signal(Signal::SIGKILL);
            let _ = self.child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(script: &str, is_ready: impl Fn() -> bool, name: &'static str) -> Result<LoopbackServer> {
        let folder = Folder::new(name)?;
        LoopbackServer::start(name, Command::new("sh").args(["-c", script]), folder, Signal::SIGTERM, is_ready)
    }

    #[test]
    fn a_dropped_server_has_ended_and_leaves_no_folder() {
        let server = start("exec sleep 1000", || true, "ends").expect("it starts");
        let (pid, folder) = (Pid::from_raw(server.child.id().cast_signed()), server.folder.path().to_owned());
        assert!(folder.exists());
        drop(server);
        assert!(kill(pid, None).is_err());
        assert!(!folder.exists());
    }

    #[test]
    fn a_server_that_ends_by_itself_is_an_error_with_its_last_words() {
        let error = start("echo no room; exit 3", || false, "fails").err().expect("it ends");
        let message = format!("{error:#}");
        assert!(message.contains("fails ended by itself"), "{message}");
        assert!(message.contains("no room"), "{message}");
    }
}
