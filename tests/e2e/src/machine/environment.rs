//! What `cargo xtask test e2e` has prepared.

use std::env;
use std::path::PathBuf;
use std::process;

use anyhow::{Context, Result};

use crate::browser::{Engine, Privacy};
use crate::transport::Transport;

const POSTGRESQL: &str = "YEW_AUTH_E2E_POSTGRESQL";

/// The programs that a test starts, and the folder that it may write to. What else it needs is read when it is needed.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    pub(crate) engine: Engine,
    /// The WebDriver server of the engine.
    pub(crate) driver: PathBuf,
    pub(crate) browser: PathBuf,
    full_browser: PathBuf,
    pub(crate) privacy: Privacy,
    pub(crate) state: PathBuf,
    postgresql: Option<String>,
    trusted_key: Option<String>,
}

impl Environment {
    pub(crate) fn read() -> Result<Self> {
        Ok(Self {
            engine: Engine::of_this_run()?,
            driver: path("YEW_AUTH_E2E_DRIVER")?,
            browser: path("YEW_AUTH_E2E_BROWSER")?,
            full_browser: path("YEW_AUTH_E2E_FULL_BROWSER")?,
            privacy: Privacy::default(),
            // One folder per run, so that overlapping runs do not collide.
            state: path("YEW_AUTH_E2E_STATE")?.join(format!("run-{}", process::id())),
            postgresql: env::var(POSTGRESQL).ok(),
            trusted_key: env::var("YEW_AUTH_E2E_TRUSTED_KEY").ok(),
        })
    }

    /// The same, with a browser that has a back/forward cache.
    pub(crate) fn with_full_browser(self) -> Self {
        Self { browser: self.full_browser.clone(), ..self }
    }

    /// The hash of the key of a certificate that Chromium trusts although nobody has signed it.
    pub(crate) fn trusted_key(&self) -> Option<&str> {
        self.trusted_key.as_deref()
    }

    /// The address of a database in the cluster for tests, whose user may create others.
    pub(crate) fn postgresql(&self) -> Result<&str> {
        self.postgresql.as_deref().with_context(|| missing(POSTGRESQL))
    }
}

/// The app as built for this transport.
pub(crate) fn dist(transport: Transport) -> Result<PathBuf> {
    path(match transport {
        Transport::Cookie => "YEW_AUTH_E2E_DIST",
        Transport::Bearer => "YEW_AUTH_E2E_BEARER_DIST",
    })
}

/// The Python of the backend.
pub(crate) fn python() -> Result<PathBuf> {
    path("YEW_AUTH_E2E_PYTHON")
}

/// The folder of the backend.
pub(crate) fn backend() -> Result<PathBuf> {
    path("YEW_AUTH_E2E_BACKEND")
}

/// The script of axe-core.
pub(crate) fn axe() -> Result<PathBuf> {
    path("YEW_AUTH_E2E_AXE")
}

fn path(name: &str) -> Result<PathBuf> {
    Ok(env::var_os(name).with_context(|| missing(name))?.into())
}

fn missing(name: &str) -> String {
    format!("{name} is not set: run the tests by cargo xtask test, which prepares and sets it")
}
