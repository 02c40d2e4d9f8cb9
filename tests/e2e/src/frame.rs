//! What every test in a browser has around it: a slot, a folder, a browser, a time limit, and a check of the console.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use tokio::runtime::Builder;

use crate::browser::{Browser, Extent, RunningBrowser, Slot, record_skip};
use crate::machine::Environment;

/// The longest that a test may take.
const TEST_TIMEOUT: Duration = Duration::from_secs(240);

/// What the set-up of a test has made, and the test runs on.
pub(crate) trait Stage {
    fn browser(&self) -> &Rc<Browser>;

    /// Fails if the browser has met an error that the test did not expect. Every test ends with it.
    async fn ensure_clean(&self) -> Result<()>;
}

/// The frame of one test.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) environment: Environment,
    /// The name of the test, which its thread has too.
    pub(crate) name: String,
    /// Whether the browser must have a back/forward cache. Such a browser is the test's own.
    pub(crate) in_full_browser: bool,
}

impl Frame {
    /// The frame of the test that this thread runs.
    pub(crate) fn of_this_test() -> Result<Self> {
        let name = thread::current().name().context("a test's thread has its name")?.to_owned();
        Ok(Self { environment: Environment::read()?, name, in_full_browser: false })
    }

    /// Records what the test leaves out, for the summary of the run.
    pub(crate) fn record_skip(&self, extent: Extent, reason: &str) -> Result<()> {
        record_skip(&self.environment.state, &self.name, extent, reason)
    }

    /// Sets everything up, runs the test, checks the console, and tears everything down, whatever happens.
    pub(crate) fn run<S: Stage>(
        self,
        set_up: impl AsyncFnOnce(&Environment, &RunningBrowser, &Path) -> Result<S>,
        test: impl AsyncFnOnce(&S) -> Result<()>,
    ) -> Result<()> {
        let slot = Slot::acquire();
        let folder = self.empty_folder()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let running = runtime.block_on(self.browser(&slot))?;
        let stage = runtime.block_on(set_up(&self.environment, &running, &folder))?;
        let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(run_checked(&stage, test))));
        if matches!(outcome, Ok(Ok(()))) {
            let is_left_empty = runtime.block_on(stage.browser().leave()).is_ok();
            // The servers stop first: none of their late responses reaches the next test's browser.
            drop(stage);
            // The browser of a failed test is not reused, nor one that could not be emptied.
            if is_left_empty && !self.in_full_browser {
                slot.return_browser(running);
            }
            fs::remove_dir_all(&folder)?;
        } else {
            runtime.block_on(save_screenshots(stage.browser(), &folder));
            // A browser that does not even end ends with its driver.
            let _ = runtime.block_on(stage.browser().leave());
            eprintln!("logs and screenshots of the failed test: {}", folder.display());
        }
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    }

    async fn browser(&self, slot: &Slot) -> Result<RunningBrowser> {
        if self.in_full_browser {
            slot.new_browser(&self.environment.clone().with_full_browser()).await
        } else {
            slot.browser(&self.environment).await
        }
    }

    fn empty_folder(&self) -> Result<PathBuf> {
        let folder = self.environment.state.join(self.name.replace("::", "."));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

async fn run_checked<S: Stage>(stage: &S, test: impl AsyncFnOnce(&S) -> Result<()>) -> Result<()> {
    let in_time = tokio::time::timeout(TEST_TIMEOUT, test(stage)).await;
    let outcome = in_time.unwrap_or_else(|_| Err(anyhow!("took {TEST_TIMEOUT:?}")));
    match (outcome, stage.ensure_clean().await) {
        (Err(failure), Err(errors)) => Err(failure.context(format!("and besides: {errors:#}"))),
        (outcome, clean) => outcome.and(clean),
    }
}

async fn save_screenshots(browser: &Browser, folder: &Path) {
    for (number, tab) in browser.tabs().into_iter().enumerate() {
        // A failed screenshot must not hide the failure of the test.
        let _ = tab.screenshot(&folder.join(format!("tab-{number}.png"))).await;
    }
}
