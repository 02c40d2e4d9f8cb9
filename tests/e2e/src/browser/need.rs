//! What a test needs of the browser and not every engine offers.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::engine::Engine;

/// A need that some engines cannot meet. A test that has one is skipped there, and the summary of the run counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A page is frozen, as the browser does with a tab that was hidden for long.
    Freezing,
    /// Screenshots of any area, in any format.
    Screenshots,
    /// The browser measures layout shifts.
    LayoutShifts,
    /// The driver lists the history of a tab.
    History,
    /// The browser blocks cookies, as a person can have it do.
    BlockedCookies,
    /// The browser prepares pages by Speculation Rules.
    Prerendering,
    /// The preferred colour scheme and the preference for less motion change while the browser runs.
    MediaFeatures,
    /// More contrast and forced colours are switched on while the browser runs.
    ContrastSettings,
    /// The screen becomes a touch screen.
    Touch,
    /// The accessibility tree, as a screen reader has it.
    AccessibilityTree,
    /// The browser tells what is missing to install the app.
    Installation,
}

impl Need {
    /// Why `engine` cannot meet the need, or `None` if it can.
    pub(crate) fn missing_in(self, engine: Engine) -> Option<&'static str> {
        match (self, engine) {
            (_, Engine::Chromium) => None,
            (Self::MediaFeatures | Self::History | Self::BlockedCookies, Engine::Firefox) => None,
            (Self::BlockedCookies, Engine::WebKit) => Some("WebKitWebDriver has no setting for cookies"),
            (Self::Prerendering, _) => Some("only Chromium implements Speculation Rules"),
            (Self::Freezing, _) => Some("only Chromium's DevTools freeze a page"),
            (Self::Screenshots, _) => Some("the pictures of the documentation are Chromium's"),
            (Self::ContrastSettings, _) => Some("only Chromium's DevTools switch contrast settings"),
            (Self::Touch, _) => Some("only Chromium's DevTools make a screen a touch screen"),
            (Self::AccessibilityTree, _) => Some("only Chromium's DevTools show the accessibility tree"),
            (Self::Installation, _) => Some("only Chromium's DevTools judge whether an app can be installed"),
            (Self::LayoutShifts, _) => Some("only Chromium implements the Layout Instability API"),
            (Self::History, Engine::WebKit) => Some("WebKitWebDriver does not list the history of a tab"),
            (Self::MediaFeatures, Engine::WebKit) => {
                Some("WebKitGTK reads the colour scheme and the wish for less motion from GTK when it starts")
            }
        }
    }
}

/// How much of a test an engine leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Whole,
    Part,
}

/// Records for the summary of the run what a test leaves out.
pub(crate) fn record_skip(state: &Path, test: &str, extent: Extent, reason: &str) -> Result<()> {
    let extent = match extent {
        Extent::Whole => "whole",
        Extent::Part => "part",
    };
    fs::create_dir_all(state)?;
    let mut file = File::options().create(true).append(true).open(state.join("skipped.txt"))?;
    // One write for one line: tests that run at the same time append to this file.
    Ok(file.write_all(format!("{test}\t{extent}\t{reason}\n").as_bytes())?)
}
