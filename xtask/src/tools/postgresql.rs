//! PostgreSQL, for the backend's tests and the cluster: a server of its own, gone with its data in the end.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use nix::sys::signal::Signal;
use nix::unistd::{User, geteuid};

use super::apt;
use super::loopback_server::{Folder, LoopbackServer, Program, tied};
use crate::command::{announce, answer, run_quietly};
use crate::ports::Port;
use crate::preview::secret_key::random;

/// Where Debian keeps each version, outside of PATH.
const DEBIAN: &str = "/usr/lib/postgresql";
/// It refuses to run as root: Debian's user for it.
const DEBIANS_USER: &str = "postgres";
const ADMINISTRATOR: &str = "tests";

/// Whether what it has confirmed outlives a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production.
    Durable,
    /// Nothing but this run looks at the data: not even a crash may be survived.
    Volatile,
}

impl Durability {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Durable => &[],
            Self::Volatile => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        }
    }
}

/// A PostgreSQL server. Dropping this ends it and deletes its data.
pub struct Postgresql {
    port: Port,
    password: String,
    programs: PathBuf,
    server: LoopbackServer,
    _folder: Folder,
}

impl Postgresql {
    /// Starts it on a free port, and installs it if it is missing.
    pub fn start(durability: Durability) -> Result<Self> {
        let programs = ensure_programs()?;
        let user = if geteuid().is_root() { User::from_name(DEBIANS_USER)? } else { None };
        let (folder, password, port) = (Folder::new("postgresql")?, random()?, Port::free("PostgreSQL")?);
        let password_file = folder.path().join("password");
        write_secret(&password_file, &password)?;
        for path in [folder.path(), &password_file] {
            if let Some(user) = &user {
                chown(path, Some(user.uid.as_raw()), Some(user.gid.as_raw()))?;
            }
        }
        let data = folder.path().join("data");
        let in_folder = |mut command: Command| {
            command.current_dir(folder.path());
            if let Some(user) = &user {
                command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
            }
            command
        };
        run_quietly(
            in_folder(Command::new(programs.join("initdb")))
                .args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
                .arg(format!("--username={ADMINISTRATOR}"))
                .arg(format!("--pwfile={}", password_file.display()))
                .arg(&data),
        )?;
        let mut command = in_folder(tied(programs.join("postgres"), Signal::SIGINT));
        command.arg("-D").arg(&data).args(["-p", &port.number.to_string()]);
        for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories="].iter().chain(durability.settings()) {
            command.args(["-c", setting]);
        }
        let mut probe = Command::new(programs.join("pg_isready"));
        probe.args(["--quiet", "--host=127.0.0.1", &format!("--port={}", port.number)]);
        let server = LoopbackServer::start(Program {
            name: "PostgreSQL".to_owned(),
            command,
            stop: Signal::SIGINT,
            is_ready: Box::new(move || answer(&mut probe).is_some()),
            log: folder.path().join("log"),
        })?;
        Ok(Self { port, password, programs, server, _folder: folder })
    }

    /// For the backend's `DATABASE_URL`.
    pub fn url(&self) -> String {
        format!("postgres://{ADMINISTRATOR}:{}@{}/postgres", self.password, self.port.address())
    }

    /// The running server, to stop and start.
    pub fn server(&mut self) -> &mut LoopbackServer {
        &mut self.server
    }

    /// `psql` on the database, with nothing but values in what it prints.
    pub fn psql(&self) -> Command {
        let mut command = Command::new(self.programs.join("psql"));
        command.env("PGPASSWORD", &self.password).env("PGOPTIONS", "-c client_min_messages=warning");
        command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]);
        command.args(["--host=127.0.0.1", &format!("--port={}", self.port.number)]);
        command.args([&format!("--username={ADMINISTRATOR}"), "--dbname=postgres"]);
        command
    }
}

fn ensure_programs() -> Result<PathBuf> {
    if let Some(programs) = find_programs() {
        return Ok(programs);
    }
    announce("PostgreSQL is missing");
    apt::install(&["postgresql"])?;
    find_programs().context("PostgreSQL came without its programs")
}

/// The newest of Debian's, or what `pg_config` in PATH knows of.
fn find_programs() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().filter_map(|entry| entry.ok());
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, programs)| has_server(programs))
        .max();
    newest.map(|(_, programs)| programs).or_else(|| {
        let programs = PathBuf::from(answer(Command::new("pg_config").arg("--bindir"))?);
        has_server(&programs).then_some(programs)
    })
}

fn has_server(programs: &Path) -> bool {
    ["initdb", "postgres", "pg_isready", "psql"].iter().all(|program| programs.join(program).is_file())
}

fn write_secret(path: &Path, secret: &str) -> Result<()> {
    let file = fs::File::options().write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(secret.as_bytes()))
        .with_context(|| format!("{} could not be written", path.display()))
}
