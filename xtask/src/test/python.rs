//! The backend's own tests: on SQLite, and again on PostgreSQL with Redis beside it.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::command::{announce, run as run_command};
use crate::project::Project;
use crate::tools::{
    postgresql::{Durability, Postgresql},
    python::Venv,
    redis::Redis,
};

/// Their addresses are in these variables: whatever the caller's environment says must not be tested on.
const DATABASE: &str = "DATABASE_URL";
const CACHE: &str = "REDIS_URL";

pub fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let venv = Venv::ensure(project)?;
    let suites = [project.backend(), project.backend().join("yew-auth-django")];
    announce("the backend's tests on SQLite");
    for suite in &suites {
        run_command(pytest(&venv, suite).args(arguments))?;
    }
    announce("the backend's tests on PostgreSQL, with Redis");
    let (database, cache) = (Postgresql::start(Durability::Volatile)?, Redis::start()?);
    for suite in &suites {
        let mut command = pytest(&venv, suite);
        command.env(DATABASE, database.url()).env(CACHE, cache.url());
        // Those that start a server of their own give it a database of its own.
        command.args(["-m", "not own_server"]);
        run_command(command.args(arguments))?;
    }
    Ok(())
}

fn pytest(venv: &Venv, suite: &Path) -> Command {
    let mut command = venv.command();
    command.current_dir(suite).env_remove(DATABASE).env_remove(CACHE);
    command.args(["-m", "pytest", "-n", "auto", "-q"]);
    command
}
