//! A running WebDriver server.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::machine::{Process, free_port};
use crate::wait::eventually;

/// How long a program may take to start, on a busy machine.
pub(crate) const START: Duration = Duration::from_secs(60);

/// chromedriver, geckodriver or WebKitWebDriver. Dropping it ends it, and the browsers that it has started.
#[derive(Debug)]
pub(crate) struct DriverProcess {
    origin: String,
    _process: Process,
}

impl DriverProcess {
    /// Starts the driver with `--port` and what `prepare` adds, and waits until it answers.
    pub(crate) async fn start(driver: &Path, prepare: impl FnOnce(&mut Command), log: &Path) -> Result<Self> {
        let port = free_port()?;
        let prepare = |command: &mut Command| prepare(command.arg(format!("--port={port}")));
        let mut process = Process::start(driver, prepare, log)?;
        let origin = format!("http://127.0.0.1:{port}");
        let answers = eventually("the driver answers", START, async || {
            process.ensure_alive()?;
            Ok(reqwest::get(format!("{origin}/status")).await.ok())
        });
        answers.await.with_context(|| format!("see {}", log.display()))?;
        Ok(Self { origin, _process: process })
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }
}
