//! What `cargo xtask test e2e` has prepared.

use std::env;
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result};

use crate::transport::Transport;

/// The paths of everything a test starts, and of the folder it may write to.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    dist: PathBuf,
    bearer_dist: PathBuf,
    pub(crate) python: PathBuf,
    pub(crate) backend: PathBuf,
    pub(crate) chromedriver: PathBuf,
    pub(crate) browser: PathBuf,
    whole_browser: PathBuf,
    /// The script of axe-core.
    pub(crate) axe: PathBuf,
    pub(crate) state: PathBuf,
}

impl Environment {
    pub(crate) fn read() -> Result<Self> {
        Ok(Self {
            dist: path("YEW_AUTH_E2E_DIST")?,
            bearer_dist: path("YEW_AUTH_E2E_BEARER_DIST")?,
            python: path("YEW_AUTH_E2E_PYTHON")?,
            backend: path("YEW_AUTH_E2E_BACKEND")?,
            chromedriver: path("YEW_AUTH_E2E_CHROMEDRIVER")?,
            browser: path("YEW_AUTH_E2E_BROWSER")?,
            whole_browser: path("YEW_AUTH_E2E_WHOLE_BROWSER")?,
            axe: path("YEW_AUTH_E2E_AXE")?,
            // Of its own, so that runs which overlap do not meet.
            state: path("YEW_AUTH_E2E_STATE")?.join(format!("run-{}", process::id())),
        })
    }

    /// The same with a browser that keeps a page that was left.
    pub(crate) fn with_whole_browser(self) -> Self {
        Self { browser: self.whole_browser.clone(), ..self }
    }

    /// The app as it was built for this transport.
    pub(crate) fn dist(&self, transport: Transport) -> &Path {
        match transport {
            Transport::Cookie => &self.dist,
            Transport::Bearer => &self.bearer_dist,
        }
    }
}

fn path(name: &str) -> Result<PathBuf> {
    let value = env::var_os(name).with_context(|| {
        format!("{name} is not set: the built app and the servers are prepared by xtask, so run cargo xtask test e2e")
    })?;
    Ok(value.into())
}
