//! A test in a browser that brings its own servers.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Result;

use crate::browser::Browser;
use crate::frame::{Frame, Stage};

/// A browser, and a folder for what the test's own servers write.
struct BrowserAlone {
    browser: Rc<Browser>,
    folder: PathBuf,
}

impl Stage for BrowserAlone {
    fn browser(&self) -> &Rc<Browser> {
        &self.browser
    }

    async fn ensure_clean(&self) -> Result<()> {
        for tab in self.browser.tabs() {
            tab.read_console().await?;
        }
        self.browser.console.ensure_clean()
    }
}

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
    Frame::of_this_test()?.run(
        async |environment, running, folder| {
            let browser = Browser::open(running, environment.engine).await?;
            Ok(BrowserAlone { browser, folder: folder.to_owned() })
        },
        async |stage| test(&stage.browser, &stage.folder).await,
    )
}
