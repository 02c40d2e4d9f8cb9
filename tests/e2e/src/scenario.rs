//! What a test sets up, and its run.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::browser::{Browser, Extent, Need, Privacy, RunningBrowser};
use crate::database::Database;
use crate::frame::Frame;
use crate::machine::{Environment, axe};
use crate::page_script::page_script;
use crate::servers::{Configuration, Servers};
use crate::test_context::TestContext;
use crate::transport::Transport;

/// The configuration of the servers and the browser.
#[derive(Debug, Default)]
pub struct Scenario {
    transport: Transport,
    database: Database,
    settings: Vec<(&'static str, String)>,
    with_provider: bool,
    with_axe: bool,
    in_full_browser: bool,
    privacy: Privacy,
    first_script: String,
    needs: Vec<Need>,
}

impl Scenario {
    /// Tokens in cookies, the backend's default settings, and no identity provider.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with bearer tokens, which the page holds.
    #[must_use]
    pub fn bearer() -> Self {
        Self { transport: Transport::Bearer, ..Self::default() }
    }

    /// The backend keeps its data in PostgreSQL.
    #[must_use]
    pub fn on_postgresql(self) -> Self {
        Self { database: Database::Postgresql, ..self }
    }

    /// Sets an environment variable of the backend.
    #[must_use]
    pub fn setting(mut self, name: &'static str, value: impl ToString) -> Self {
        self.settings.push((name, value.to_string()));
        self
    }

    /// Sets the lifetime of access tokens, in seconds.
    #[must_use]
    pub fn access_ttl(self, secs: u32) -> Self {
        self.setting("ACCESS_TTL", secs)
    }

    /// Starts the identity provider too.
    #[must_use]
    pub fn with_provider(mut self) -> Self {
        self.with_provider = true;
        self
    }

    /// Loads axe-core into each page, for [`Tab::audit`](crate::Tab::audit).
    #[must_use]
    pub fn with_axe(mut self) -> Self {
        self.with_axe = true;
        self
    }

    /// Runs in a browser with a back/forward cache, which Chromium's headless shell lacks.
    #[must_use]
    pub fn in_full_browser(mut self) -> Self {
        self.in_full_browser = true;
        self
    }

    /// Runs in a browser that blocks cookies. Needs [`Need::BlockedCookies`].
    #[must_use]
    pub fn with_cookies_blocked(mut self) -> Self {
        self.privacy = Privacy::CookiesBlocked;
        self
    }

    /// Runs in a private window.
    #[must_use]
    pub fn in_private_window(mut self) -> Self {
        self.privacy = Privacy::PrivateWindow;
        self
    }

    /// Skips the test, and counts it in the summary, in an engine that cannot meet this need.
    #[must_use]
    pub fn needs(mut self, need: Need) -> Self {
        self.needs.push(need);
        self
    }

    /// Runs a script in each page of the app before the page's own.
    #[must_use]
    pub fn first_script(mut self, script: &str) -> Self {
        self.first_script.push_str(script);
        self.first_script.push('\n');
        self
    }

    /// Sets everything up, runs the test, checks the console, and tears everything down, whatever happens.
    ///
    /// # Errors
    ///
    /// The test failed, took longer than four minutes, or left an unexpected error in the browser's console.
    ///
    /// # Panics
    ///
    /// The test panicked.
    pub fn run(self, test: impl AsyncFnOnce(&TestContext) -> Result<()>) -> Result<()> {
        let mut frame = Frame::of_this_test()?;
        frame.environment.privacy = self.privacy;
        // Chromium's headless shell reads no settings.
        frame.in_full_browser = self.in_full_browser || self.privacy != Privacy::Usual;
        match self.needs.iter().find_map(|need| need.missing_in(frame.environment.engine)) {
            Some(reason) => frame.record_skip(Extent::Whole, reason),
            None => {
                frame.run(async |environment, running, folder| self.set_up(environment, running, folder).await, test)
            }
        }
    }

    async fn set_up(self, environment: &Environment, running: &RunningBrowser, folder: &Path) -> Result<TestContext> {
        let axe = if self.with_axe { fs::read_to_string(axe()?)? } else { String::new() };
        let page_script = [&page_script(environment.engine), &axe, &self.first_script].map(String::as_str).concat();
        let configuration = Configuration {
            transport: self.transport,
            database: self.database,
            settings: &self.settings,
            with_provider: self.with_provider,
            page_script: &page_script,
        };
        let servers = Servers::start(environment, folder, configuration).await?;
        let browser = Browser::open(running, environment.engine).await?;
        if self.with_provider {
            // The provider has no icon, and browsers ask for one.
            browser.console.expect("/favicon.ico", "404");
        }
        Ok(TestContext::new(servers, browser, self.transport))
    }
}
