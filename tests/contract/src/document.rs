//! `docs/backends.md`.

use std::fs;

use anyhow::{Context, Result};

use crate::backend::{App, Backend, EndedBy, FirstRefresh, LostRefresh, Outcome, Refreshes, Server, SignOut};
use crate::backends::ALL;
use crate::environment::repository;

const LOCK: &str = "tests/contract/servers/requirements.lock";

const HEAD: &str = "\
# Backends

`cargo xtask test contract` runs an app in a real browser against each of these backends, unmodified and at the versions
named here. It writes this page; a test fails if the page differs. `cargo xtask test e2e` runs the whole app on this
repository's own backend.

With every backend: a wrong password is refused in the backend's own words, two tabs poll without an error through two
expiries, a reload keeps the session, a lost answer to a poll is made up for, both tabs follow a sign-out and the sign-in
of another person, and a session that the backend ends is over in both tabs. The columns say what differs.

| Backend | Refreshes | After a lost answer to a refresh | A sign-out | It also ends when |
|---|---|---|---|---|
";

/// The page, as the rows say.
///
/// # Errors
///
/// The lock file lacks a package that a row names.
pub fn document() -> Result<String> {
    let lock = fs::read_to_string(repository().join(LOCK)).context(LOCK)?;
    let table: String = ALL.iter().map(Backend::row).collect();
    let sections = ALL.iter().map(|backend| backend.section(&lock)).collect::<Result<String>>()?;
    Ok(format!("{HEAD}{table}\n## How an app names each\n{sections}"))
}

impl Backend {
    fn row(&self) -> String {
        let (refreshes, sign_out) = match self.outcome {
            Outcome::Works { refreshes, sign_out } => (refreshes, sign_out),
            Outcome::SaysWhatIsMissing(words) => {
                return format!("| {} | nobody can sign in: the error names `{words}` | | | |\n", self.title);
            }
        };
        let (refreshed, lost) = match refreshes {
            Refreshes::OncePerLifetime { lost, first, .. } => (first.words(), lost.words()),
            Refreshes::Never => ("none: the session lasts until the backend ends it", "nothing to lose"),
        };
        format!("| {} | {refreshed} | {lost} | {} | {} |\n", self.title, sign_out.words(), self.ended_by.words())
    }

    fn section(&self, lock: &str) -> Result<String> {
        let versions = self.packages.iter().map(|package| version(lock, package)).collect::<Result<Vec<_>>>()?;
        let versions = if versions.is_empty() { String::new() } else { format!("{}. ", versions.join(", ")) };
        let server = match self.server {
            Server::Django(file) => format!("[{file}](../{file})"),
            Server::Axum => "[examples/axum/server](../examples/axum/server)".to_owned(),
        };
        let example = match self.app {
            App::Example(name) => format!(" The app is [examples/{name}](../examples/{name})."),
            App::Page(_) => String::new(),
        };
        let Self { title, config, .. } = self;
        Ok(format!("\n### {title}\n\n{versions}The server is {server}.{example}\n\n```rust\n{config}\n```\n"))
    }
}

impl FirstRefresh {
    fn words(self) -> &'static str {
        match self {
            Self::IsInTime => "one per token lifetime",
            Self::FollowsA401 => "one per token lifetime, the first after a 401 that no page sees",
        }
    }
}

impl LostRefresh {
    fn words(self) -> &'static str {
        match self {
            Self::IsRecovered => "the session goes on",
            Self::EndsTheSession => "the backend refuses the next refresh: sign in again",
        }
    }
}

impl EndedBy {
    fn words(self) -> &'static str {
        match self {
            Self::Deactivation { .. } => "the person is deactivated",
            Self::Deletion { .. } => "its tokens are deleted; deactivating the person is not enough",
        }
    }
}

impl SignOut {
    fn words(self) -> &'static str {
        match self {
            Self::Revokes { .. } => "revokes the session",
            Self::Forgets { path: Some(_) } => "forgets the tokens; the backend revokes nothing",
            Self::Forgets { path: None } => "forgets the tokens; the backend has no such endpoint",
        }
    }
}

/// The package with its version in the lock file.
fn version(lock: &str, package: &str) -> Result<String> {
    let pin = lock.lines().find_map(|line| line.strip_prefix(package)?.strip_prefix("==")?.split(' ').next());
    Ok(format!("{package} {}", pin.with_context(|| format!("{LOCK} has no {package}"))?))
}
