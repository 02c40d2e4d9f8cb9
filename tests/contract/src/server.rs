//! A running backend.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{Process, eventually};

use crate::backend::{EndedBy, Server};
use crate::environment::{axum_server, python, repository};

/// How long a server may take to migrate its database and to listen, on a busy machine.
const START: Duration = Duration::from_secs(120);
/// The lifetime of access tokens, in seconds: they are refreshed at half of it.
const ACCESS_TOKEN_SECONDS: &str = "10";
/// What a server prints once it listens.
const LISTENING: &str = "listening on ";

/// A server with a database of its own. Dropping it ends it.
#[derive(Debug)]
pub struct RunningServer {
    origin: String,
    database: PathBuf,
    _process: Process,
}

impl RunningServer {
    /// Starts the server, and waits until it listens.
    ///
    /// # Errors
    ///
    /// It ended, or did not listen in time.
    pub async fn start(server: Server, folder: &Path) -> Result<Self> {
        let (database, log) = (folder.join("backend.sqlite3"), folder.join("server.log"));
        let (program, arguments) = match server {
            Server::Django(file) => {
                let serve = repository().join("tests/contract/servers/serve.py");
                (python()?, vec![serve, repository().join(file)])
            }
            Server::Axum => (axum_server()?, Vec::new()),
        };
        let prepare = |command: &mut Command| {
            command.args(arguments).env("DATABASE", &database).env("ACCESS_TOKEN_SECONDS", ACCESS_TOKEN_SECONDS);
            command.env("ADDRESS", "127.0.0.1:0").env("PYTHONDONTWRITEBYTECODE", "1");
        };
        let mut process = Process::start(&program, prepare, &log)?;
        let origin = eventually("the server listens", START, async || {
            process.ensure_alive()?;
            let text = fs::read_to_string(&log)?;
            // The line is complete once the next one begins.
            let lines = text.split_inclusive('\n').filter_map(|line| line.strip_prefix(LISTENING)?.strip_suffix('\n'));
            Ok(lines.map(str::to_owned).next())
        });
        let origin = origin.await.with_context(|| format!("see {}", log.display()))?;
        Ok(Self { origin, database, _process: process })
    }

    /// Its origin, without a slash at its end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Ends everybody's sessions, as an administrator does.
    pub(crate) fn end_sessions(&self, by: EndedBy) -> Result<()> {
        const PROGRAM: &str = "
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=30) as database:
    for statement in sys.argv[2:]:
        assert database.execute(statement).rowcount, statement
";
        let statements = match by {
            EndedBy::Deactivation { table } => vec![format!("UPDATE {table} SET is_active = 0")],
            EndedBy::Deletion { tables } => tables.iter().map(|table| format!("DELETE FROM {table}")).collect(),
        };
        let mut command = Command::new(python()?);
        command.args(["-c", PROGRAM]).arg(&self.database).args(statements);
        ensure!(command.status()?.success(), "no session could be ended");
        Ok(())
    }
}
