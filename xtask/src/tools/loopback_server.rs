//! A server of another project: started on a free port of this machine, ended with what started it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

use crate::command::answer;

const POLL: Duration = Duration::from_millis(20);
const START: Duration = Duration::from_secs(60);
/// Longer than the slowest of them takes to end in order: gunicorn gives its requests 30 s.
const END: Duration = Duration::from_secs(40);

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// A folder for one server, deleted when this is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Outside the checkout: another user may have to read it, who need not see the checkout.
    pub fn new(server: &str) -> Result<Self> {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("yew-auth-{server}-{}-{number}", std::process::id()));
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

/// A command for a program that gets the signal `stop` when the thread that started it is gone, however that ended.
pub fn tied(program: impl AsRef<OsStr>, stop: Signal) -> Command {
    // Where there is no setpriv, the terminal tells the whole foreground group of a Ctrl-C.
    if answer(Command::new("setpriv").arg("--version")).is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", stop.as_str(), "--"]).arg(program).process_group(0);
    command
}

/// How a server of another project is started, told ready, and ended.
pub struct Program {
    pub name: String,
    /// From [`tied`].
    pub command: Command,
    /// The signal on which it ends at once and in order.
    pub stop: Signal,
    pub is_ready: Box<dyn FnMut() -> bool>,
    /// The file that what it prints is appended to.
    pub log: PathBuf,
}

/// A server that runs, or does not for a while. Dropping this ends it.
pub struct LoopbackServer {
    program: Program,
    child: Option<Child>,
}

impl LoopbackServer {
    /// Starts it and waits until it is ready.
    pub fn start(program: Program) -> Result<Self> {
        let mut server = Self { program, child: None };
        server.start_again()?;
        Ok(server)
    }

    /// Starts it without waiting.
    pub fn launch(program: Program) -> Result<Self> {
        let mut server = Self { program, child: None };
        server.launch_again()?;
        Ok(server)
    }

    /// Starts it once more after its end, at the same address, and waits until it is ready.
    pub fn start_again(&mut self) -> Result<()> {
        self.launch_again()?;
        self.wait_until_ready()
    }

    /// Starts it once more after its end, without waiting.
    pub fn launch_again(&mut self) -> Result<()> {
        let Program { name, command, log, .. } = &mut self.program;
        let log = fs::File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        self.child = Some(command.spawn().with_context(|| format!("{name} could not be started"))?);
        Ok(())
    }

    /// Waits until it is ready.
    pub fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + START;
        while !(self.program.is_ready)() {
            if let Some(status) = self.ended_by_itself()? {
                bail!("{} ended by itself ({status}):\n{}", self.program.name, self.log());
            }
            if Instant::now() > deadline {
                let name = &self.program.name;
                bail!("{name} was not ready within {} s:\n{}", START.as_secs(), self.log());
            }
            thread::sleep(POLL);
        }
        Ok(())
    }

    /// Tells it to end in order, without waiting.
    pub fn begin_to_stop(&self) {
        self.signal(self.program.stop);
    }

    /// Ends it in order, and waits until it has ended.
    pub fn stop(&mut self) {
        self.begin_to_stop();
        let deadline = Instant::now() + END;
        while self.is_running() && Instant::now() < deadline {
            thread::sleep(POLL);
        }
        if self.is_running() {
            eprintln!("{} did not end by itself and is killed", self.program.name);
        }
        self.kill();
    }

    /// Ends it and every process that it has started at once, as a machine that loses its power does.
    pub fn kill(&mut self) {
        self.signal_all(Signal::SIGKILL);
        if let Some(mut child) = self.child.take() {
            // Reaped, so that no zombie is left behind; there is nothing to do about an error.
            let _ = child.wait();
        }
    }

    /// Stops all its processes where they are, as a machine that is paused.
    pub fn freeze(&self) {
        self.signal_all(Signal::SIGSTOP);
    }

    /// Lets a frozen one go on.
    pub fn thaw(&self) {
        self.signal_all(Signal::SIGCONT);
    }

    /// Sends a signal to the server itself.
    fn signal(&self, signal: Signal) {
        // One that has ended needs no signal.
        let _ = self.pid().map(|pid| kill(pid, signal));
    }

    /// Sends a signal to the server and every process that it has started.
    fn signal_all(&self, signal: Signal) {
        let _ = self.pid().map(|pid| killpg(pid, signal));
        self.signal(signal);
    }

    /// What it is started with the next time.
    pub fn command_mut(&mut self) -> &mut Command {
        &mut self.program.command
    }

    /// Its name, for people.
    pub fn name(&self) -> &str {
        &self.program.name
    }

    /// How it ended, if it did so unasked.
    pub fn ended_by_itself(&mut self) -> Result<Option<ExitStatus>> {
        Ok(match &mut self.child {
            Some(child) => child.try_wait()?,
            None => None,
        })
    }

    /// The process that it began with, while it runs.
    pub fn pid(&self) -> Option<Pid> {
        self.child.as_ref().map(|child| Pid::from_raw(child.id().cast_signed()))
    }

    /// What it has printed.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.program.log).unwrap_or_default()
    }

    fn is_running(&mut self) -> bool {
        matches!(self.child.as_mut().map(Child::try_wait), Some(Ok(None)))
    }
}

impl Drop for LoopbackServer {
    fn drop(&mut self) {
        if self.child.is_some() {
            // One that was frozen could not end.
            self.thaw();
            self.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(script: &str, folder: &Folder, is_ready: impl FnMut() -> bool + 'static) -> Program {
        let mut command = tied("sh", Signal::SIGTERM);
        command.args(["-c", script]);
        let log = folder.path().join("log");
        Program { name: "the server".to_owned(), command, stop: Signal::SIGTERM, is_ready: Box::new(is_ready), log }
    }

    #[test]
    fn a_dropped_server_has_ended() {
        let folder = Folder::new("ends").expect("a temporary folder");
        let server = LoopbackServer::start(program("exec sleep 1000", &folder, || true)).expect("it starts");
        let pid = server.pid().expect("it runs");
        drop(server);
        assert!(kill(pid, None).is_err());
    }

    #[test]
    fn a_dropped_folder_is_gone_and_no_two_are_the_same() {
        let (one, other) = (Folder::new("same").expect("a folder"), Folder::new("same").expect("a folder"));
        assert_ne!(one.path(), other.path());
        let path = one.path().to_owned();
        assert!(path.exists());
        drop(one);
        assert!(!path.exists());
    }

    #[test]
    fn a_killed_server_takes_the_processes_that_it_started_with_it() {
        let folder = Folder::new("killed").expect("a temporary folder");
        let child = folder.path().join("child");
        let script = format!("sleep 1000 & echo $! > {0}.new; mv {0}.new {0}; wait", child.display());
        let is_ready = {
            let child = child.clone();
            move || child.exists()
        };
        let mut server = LoopbackServer::start(program(&script, &folder, is_ready)).expect("it starts");
        let child = fs::read_to_string(child).expect("its number").trim().parse().expect("a number");
        server.kill();
        // Nobody but the system may have reaped it yet.
        let deadline = Instant::now() + END;
        while is_alive(child) {
            assert!(Instant::now() < deadline, "its child lives on");
            thread::sleep(POLL);
        }
    }

    fn is_alive(pid: i32) -> bool {
        // The state follows the name, which is in parentheses. A zombie waits for nothing but to be reaped.
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
    }

    #[test]
    fn a_stopped_server_starts_again() {
        let folder = Folder::new("again").expect("a temporary folder");
        let mut server = LoopbackServer::start(program("exec sleep 1000", &folder, || true)).expect("it starts");
        let before = server.pid();
        server.stop();
        assert_eq!(server.pid(), None);
        server.start_again().expect("it starts again");
        assert_ne!(server.pid(), before);
    }

    #[test]
    fn a_server_that_ends_by_itself_is_an_error_with_its_last_words() {
        let folder = Folder::new("fails").expect("a temporary folder");
        let error = LoopbackServer::start(program("echo no room; exit 3", &folder, || false)).err().expect("it ends");
        let message = format!("{error:#}");
        assert!(message.contains("the server ended by itself"), "{message}");
        assert!(message.contains("no room"), "{message}");
    }
}
