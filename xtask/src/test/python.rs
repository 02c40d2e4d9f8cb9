//! The backend's own tests: on SQLite, and again on PostgreSQL with Redis beside it.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::command::{announce, run as run_command, run_allowing};
use crate::project::Project;
use crate::tools::{
    postgresql::{Durability, Postgresql},
    python::Venv,
    redis::Redis,
};

/// Their addresses are in these variables: whatever the caller's environment says must not be tested on.
const DATABASE: &str = "DATABASE_URL";
const CACHE: &str = "REDIS_URL";

/// pytest's exit code where no test was selected.
const NONE_SELECTED: i32 = 5;

/// `arguments` are pytest's. A test that `-k` or `-m` selects may be in one of the two suites alone.
pub fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let venv = Venv::ensure(project)?;
    let suites = [project.backend(), project.backend().join("yew-auth-django")];
    announce("the backend's tests on SQLite");
    let has_run = run_suites(suites.iter().map(|suite| pytest(&venv, suite)), arguments)?;
    ensure!(has_run, "no test was selected");
    announce("the backend's tests on PostgreSQL, with Redis");
    let (database, cache) = (Postgresql::start(Durability::Volatile)?, Redis::start()?);
    let on_postgresql = |suite| {
        let mut command = pytest(&venv, suite);
        command.env(DATABASE, database.url()).env(CACHE, cache.url());
        // Those that start a server of their own give it a database of its own.
        command.args(["-m", "not own_server"]);
        command
    };
    run_suites(suites.iter().map(|suite| on_postgresql(suite)), arguments)?;
    Ok(())
}

/// Returns whether any test has run. Without arguments, a suite without tests is a failure.
fn run_suites(suites: impl Iterator<Item = Command>, arguments: &[String]) -> Result<bool> {
    let mut has_run = false;
    for mut suite in suites {
        if arguments.is_empty() {
            run_command(&mut suite)?;
            has_run = true;
        } else {
            has_run |= run_allowing(NONE_SELECTED, suite.args(arguments))?;
        }
    }
    Ok(has_run)
}

fn pytest(venv: &Venv, suite: &Path) -> Command {
    let mut command = venv.command();
    command.current_dir(suite).env_remove(DATABASE).env_remove(CACHE);
    command.args(["-m", "pytest", "-n", "auto", "-q"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_with(code: i32) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exit {code}")]);
        command
    }

    fn run_of(codes: [i32; 2], arguments: &[&str]) -> Option<bool> {
        let arguments: Vec<_> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        run_suites(codes.into_iter().map(ends_with), &arguments).ok()
    }

    #[test]
    fn a_selected_test_may_be_in_one_suite_alone() {
        assert_eq!(run_of([0, NONE_SELECTED], &["-k", "b5"]), Some(true));
        assert_eq!(run_of([NONE_SELECTED, 0], &["-k", "b5"]), Some(true));
        assert_eq!(run_of([NONE_SELECTED, NONE_SELECTED], &["-k", "b5"]), Some(false));
        assert_eq!(run_of([NONE_SELECTED, 1], &["-k", "b5"]), None, "a test has failed");
    }

    #[test]
    fn a_whole_suite_without_tests_is_a_failure() {
        assert_eq!(run_of([0, 0], &[]), Some(true));
        assert_eq!(run_of([0, NONE_SELECTED], &[]), None);
    }
}
