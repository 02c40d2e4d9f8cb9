//! What `cargo xtask test e2e` has prepared.

use std::env;
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result};

use crate::browser::Engine;
use crate::transport::Transport;

const POSTGRESQL: &str = "YEW_AUTH_E2E_POSTGRESQL";

/// The paths of all that a test starts, and of the folder that it may write to.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    dist: PathBuf,
    bearer_dist: PathBuf,
    pub(crate) python: PathBuf,
    pub(crate) backend: PathBuf,
    pub(crate) engine: Engine,
    /// The WebDriver server of the engine.
    pub(crate) driver: PathBuf,
    pub(crate) browser: PathBuf,
    full_browser: PathBuf,
    /// The script of axe-core.
    pub(crate) axe: PathBuf,
    pub(crate) state: PathBuf,
    postgresql: Option<String>,
}

impl Environment {
    pub(crate) fn read() -> Result<Self> {
        Ok(Self {
            dist: path("YEW_AUTH_E2E_DIST")?,
            bearer_dist: path("YEW_AUTH_E2E_BEARER_DIST")?,
            python: path("YEW_AUTH_E2E_PYTHON")?,
            backend: path("YEW_AUTH_E2E_BACKEND")?,
            engine: Engine::of_this_run()?,
            driver: path("YEW_AUTH_E2E_DRIVER")?,
            browser: path("YEW_AUTH_E2E_BROWSER")?,
            full_browser: path("YEW_AUTH_E2E_FULL_BROWSER")?,
            axe: path("YEW_AUTH_E2E_AXE")?,
            // One folder per run, so that overlapping runs do not collide.
            state: path("YEW_AUTH_E2E_STATE")?.join(format!("run-{}", process::id())),
            postgresql: env::var(POSTGRESQL).ok(),
        })
    }

    /// The same, with a browser that has a back/forward cache.
    pub(crate) fn with_full_browser(self) -> Self {
        Self { browser: self.full_browser.clone(), ..self }
    }

    /// The address of a database in the cluster for tests, whose user may create others.
    pub(crate) fn postgresql(&self) -> Result<&str> {
        self.postgresql.as_deref().with_context(|| missing(POSTGRESQL))
    }

    /// The app as built for this transport.
    pub(crate) fn dist(&self, transport: Transport) -> &Path {
        match transport {
            Transport::Cookie => &self.dist,
            Transport::Bearer => &self.bearer_dist,
        }
    }
}

fn path(name: &str) -> Result<PathBuf> {
    Ok(env::var_os(name).with_context(|| missing(name))?.into())
}

fn missing(name: &str) -> String {
    format!("{name} is not set: run cargo xtask test e2e, which prepares everything and sets it")
}
