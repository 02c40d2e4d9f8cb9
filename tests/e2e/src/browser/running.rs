//! A driver, and the browser that it steers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use thirtyfour::WebDriver;

use super::chromium::Chromium;
use super::display::Display;
use super::driver_process::DriverProcess;
use super::engine::Engine;
use super::{firefox, webkit};
use crate::machine::Environment;

/// What a test connects to. Dropping it ends driver and browser.
#[derive(Debug)]
pub(crate) struct RunningBrowser {
    driver: DriverProcess,
    kind: Kind,
    _display: Option<Display>,
    folder: PathBuf,
}

#[derive(Debug)]
enum Kind {
    /// One browser for many sessions.
    Chromium(Chromium),
    /// A new browser for each session.
    PerSession(Environment),
}

impl RunningBrowser {
    /// Starts the driver, and for Chromium the browser too, with a new profile in this folder.
    pub(crate) async fn start(environment: &Environment, folder: &Path) -> Result<Self> {
        let started = async {
            fs::create_dir_all(folder)?;
            let settings = webkit::write_settings(folder)?;
            let display = match environment.engine {
                Engine::Chromium | Engine::Firefox => None,
                Engine::WebKit => Some(Display::start(&folder.join("display.log")).await?),
            };
            let prepare = |command: &mut Command| {
                if environment.engine == Engine::Firefox {
                    command.arg(firefox::DRIVER_ARGUMENT);
                }
                if let Some(display) = &display {
                    command.env("DISPLAY", display.name()).env("XDG_CONFIG_HOME", settings);
                }
            };
            let driver = DriverProcess::start(&environment.driver, prepare, &folder.join("driver.log")).await?;
            let kind = match environment.engine {
                Engine::Chromium => Kind::Chromium(Chromium::start(environment, folder).await?),
                Engine::Firefox | Engine::WebKit => Kind::PerSession(environment.clone()),
            };
            anyhow::Ok(Self { driver, kind, _display: display, folder: folder.to_owned() })
        };
        started.await.with_context(|| format!("no browser: see {}", folder.display()))
    }

    /// Opens a WebDriver session.
    pub(crate) async fn open_session(&self) -> Result<WebDriver> {
        let origin = self.driver.origin();
        let driver = match &self.kind {
            Kind::Chromium(chromium) => WebDriver::new(origin, chromium.capabilities()?).await,
            Kind::PerSession(environment) if environment.engine == Engine::Firefox => {
                WebDriver::new(origin, firefox::capabilities(environment)?).await
            }
            Kind::PerSession(environment) => WebDriver::new(origin, webkit::capabilities(environment)?).await,
        };
        driver.with_context(|| format!("the browser does not answer: see {}", self.folder.display()))
    }
}
