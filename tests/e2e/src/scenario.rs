//! A test's beginning, middle and end.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use tokio::runtime::Builder;

use crate::browser::Browser;
use crate::chromium::Chromium;
use crate::environment::Environment;
use crate::places::Place;
use crate::stack::Stack;
use crate::stage::Stage;
use crate::transport::Transport;

/// No test takes longer.
const LONGEST: Duration = Duration::from_secs(240);

/// How the servers and the browser are set up.
#[derive(Debug, Default)]
pub struct Scenario {
    transport: Transport,
    settings: Vec<(&'static str, String)>,
    with_provider: bool,
    with_axe: bool,
    in_whole_browser: bool,
    first_script: String,
}

impl Scenario {
    /// Tokens in cookies, the backend with its defaults, no provider, a browser that lacks nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with tokens in the page's hands.
    #[must_use]
    pub fn bearer() -> Self {
        Self { transport: Transport::Bearer, ..Self::default() }
    }

    /// Sets a variable of the backend's environment.
    #[must_use]
    pub fn setting(mut self, name: &'static str, value: impl ToString) -> Self {
        self.settings.push((name, value.to_string()));
        self
    }

    /// Lets access tokens live for so many seconds.
    #[must_use]
    pub fn access_ttl(self, secs: u32) -> Self {
        self.setting("ACCESS_TTL", secs)
    }

    /// Starts the provider too.
    #[must_use]
    pub fn with_provider(mut self) -> Self {
        self.with_provider = true;
        self
    }

    /// Gives each page axe-core, for [`Tab::audit`](crate::Tab::audit).
    #[must_use]
    pub fn with_axe(mut self) -> Self {
        self.with_axe = true;
        self
    }

    /// Runs in a browser that keeps a page that was left, and shows it again as it was: the headless shell keeps none.
    #[must_use]
    pub fn in_whole_browser(mut self) -> Self {
        self.in_whole_browser = true;
        self
    }

    /// Runs a script in each page before the page's own.
    #[must_use]
    pub fn first_script(mut self, script: &str) -> Self {
        self.first_script.push_str(script);
        self.first_script.push('\n');
        self
    }

    /// Sets all up, runs the test, looks into the console, and takes all down, whatever happens.
    pub fn run(self, test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
        let environment = Environment::read()?;
        let place = Place::take();
        let folder = empty_folder(&environment)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let in_whole_browser = self.in_whole_browser;
        let chromium = match in_whole_browser {
            true => runtime.block_on(place.new_browser(&environment.clone().with_whole_browser()))?,
            false => runtime.block_on(place.browser(&environment))?,
        };
        let stage = runtime.block_on(self.set_up(&environment, &chromium, &folder))?;
        let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(play(&stage, test))));
        if matches!(outcome, Ok(Ok(()))) {
            let is_left_empty = runtime.block_on(stage.browser.leave()).is_ok();
            // With its servers: no late answer of theirs comes to the next test's browser.
            drop(stage);
            // A browser that could not be left is ended, as that of a failed test is.
            if is_left_empty && !in_whole_browser {
                place.hand_on(chromium);
            }
            fs::remove_dir_all(&folder)?;
        } else {
            runtime.block_on(stage.take_pictures());
            eprintln!("what the test leaves: {}", folder.display());
        }
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    }

    async fn set_up(self, environment: &Environment, chromium: &Chromium, folder: &Path) -> Result<Stage> {
        let axe = if self.with_axe { fs::read_to_string(&environment.axe)? } else { String::new() };
        let stack = Stack::start(environment, folder, self.transport, &self.settings, self.with_provider).await?;
        let browser = Browser::of(chromium, axe + self.first_script.as_str()).await?;
        Ok(Stage::new(stack, browser, self.transport, folder))
    }
}

async fn play(stage: &Stage, test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    let played = tokio::time::timeout(LONGEST, test(stage)).await.unwrap_or_else(|_| Err(anyhow!("took {LONGEST:?}")));
    match (played, stage.ensure_clean().await) {
        (Err(failure), Err(errors)) => Err(failure.context(format!("and besides: {errors:#}"))),
        (played, clean) => played.and(clean),
    }
}

/// A folder named after the test, which is the name of its thread.
fn empty_folder(environment: &Environment) -> Result<PathBuf> {
    let thread = thread::current();
    let name = thread.name().context("a test runs in a thread with its name")?.replace("::", ".");
    let folder = environment.state.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
