//! A test in a browser that brings its own servers.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::rc::Rc;

use anyhow::{Result, anyhow, ensure};
use tokio::runtime::Builder;

use crate::browser::{Browser, Slot};
use crate::machine::Environment;
use crate::scenario::{TEST_TIMEOUT, empty_folder, test_name};

/// Runs a test in a browser and in a folder of its own, checks the console, and tears everything down, whatever happens.
///
/// # Errors
///
/// The test failed, took longer than four minutes, or left an unexpected error in the browser's console.
///
/// # Panics
///
/// The test panicked.
pub fn run_in_browser(test: impl AsyncFnOnce(&Rc<Browser>, &Path) -> Result<()>) -> Result<()> {
    let environment = Environment::read()?;
    let slot = Slot::acquire();
    let folder = empty_folder(&environment, &test_name()?)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let running = runtime.block_on(slot.browser(&environment))?;
    let browser = runtime.block_on(Browser::open(&running, environment.engine))?;
    let checked = async {
        let in_time = tokio::time::timeout(TEST_TIMEOUT, test(&browser, &folder)).await;
        in_time.unwrap_or_else(|_| Err(anyhow!("took {TEST_TIMEOUT:?}")))?;
        ensure_clean(&browser).await
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(checked)));
    if matches!(outcome, Ok(Ok(()))) {
        if runtime.block_on(browser.leave()).is_ok() {
            slot.return_browser(running);
        }
        fs::remove_dir_all(&folder)?;
    } else {
        runtime.block_on(save_screenshots(&browser, &folder));
        // A browser that does not even end ends with its driver.
        let _ = runtime.block_on(browser.leave());
        eprintln!("logs and screenshots of the failed test: {}", folder.display());
    }
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

async fn ensure_clean(browser: &Browser) -> Result<()> {
    for tab in browser.tabs() {
        tab.read_console().await?;
    }
    let errors = browser.console.errors();
    ensure!(errors.is_empty(), "errors in the browser's console:\n{}", errors.join("\n"));
    Ok(())
}

async fn save_screenshots(browser: &Browser, folder: &Path) {
    for (number, tab) in browser.tabs().into_iter().enumerate() {
        // A failed screenshot must not hide the failure of the test.
        let _ = tab.screenshot(&folder.join(format!("tab-{number}.png"))).await;
    }
}
