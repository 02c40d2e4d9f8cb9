//! The browser engines of the tests: which there are, and the programs that each needs.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::{apt, browser, cargo_tools};
use crate::command::{answer, version_of};
use crate::project::Project;

/// Debian's Firefox, and Debian's driver and browser of WebKitGTK.
const FIREFOX: &str = "/usr/bin/firefox-esr";
const FIREFOX_PACKAGES: [&str; 1] = ["firefox-esr"];
const WEBKIT_PACKAGE: &str = "webkit2gtk-driver";
const WEBKIT_PACKAGES: [&str; 3] = [WEBKIT_PACKAGE, "xvfb", "xauth"];
const DISPLAY: &str = "/usr/bin/xvfb-run";
const WEBKIT_DRIVER: &str = "/usr/bin/WebKitWebDriver";
const MINI_BROWSER: &str = "webkit2gtk-4.1/MiniBrowser";
/// The folders of libraries that Debian knows, one for each kind of processor.
const LIBRARY_FOLDERS: [&str; 2] = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

/// A browser engine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    #[default]
    Chromium,
    Firefox,
    WebKit,
}

/// What a test run starts.
pub struct Programs {
    /// The WebDriver server.
    pub driver: PathBuf,
    pub browser: PathBuf,
    /// A browser with a back/forward cache.
    pub full_browser: PathBuf,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The engine that `--browser` names.
    pub fn named(name: &str) -> Result<Self> {
        let engine = Self::ALL.into_iter().find(|engine| engine.name() == name);
        engine.with_context(|| format!("there is no browser `{name}`: name chromium, firefox or webkit"))
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Its name in text.
    pub fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        }
    }

    /// The version that is installed, if it tells.
    pub fn version(self) -> Option<String> {
        match self {
            Self::Chromium => version_of(&browser::ensure_headless_browser().ok()?),
            Self::Firefox => version_of(Path::new(FIREFOX)),
            // Neither WebKitWebDriver nor MiniBrowser tells without a display.
            Self::WebKit => {
                answer(Command::new("dpkg-query").args(["--show", "--showformat=${Version}", WEBKIT_PACKAGE]))
                    .map(|version| version.split('-').next().unwrap_or_default().to_owned())
            }
        }
    }

    /// Why this system cannot have the engine, or `None` if it has it or can install it. No test runs without Chromium.
    pub fn obstacle(self) -> Option<String> {
        match self {
            Self::Chromium => None,
            Self::Firefox => firefox().map_or_else(|| apt::obstacle(&FIREFOX_PACKAGES), |_| None),
            Self::WebKit => webkit_driver().map_or_else(|| apt::obstacle(&WEBKIT_PACKAGES), |_| None),
        }
    }

    /// The variable by which wasm-bindgen's test runner learns of the driver.
    pub fn runner_variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMEDRIVER",
            Self::Firefox => "GECKODRIVER",
            Self::WebKit => "SAFARIDRIVER",
        }
    }

    /// The words before a command that needs a display: only WebKitGTK has no headless mode.
    pub fn display(self) -> &'static [&'static str] {
        match self {
            Self::Chromium | Self::Firefox => &[],
            Self::WebKit => &["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1920x1200x24"],
        }
    }

    /// How many end-to-end tests run at once. They wait far more than they compute; but Chromium alone stays open from one
    /// test to the next.
    pub fn parallel_tests(self) -> &'static str {
        match self {
            Self::Chromium => "10",
            Self::Firefox | Self::WebKit => "6",
        }
    }

    /// The WebDriver server, installed if it is missing, with its browser.
    pub fn ensure_driver(self, project: &Project) -> Result<PathBuf> {
        Ok(self.ensure(project)?.driver)
    }

    /// The programs of the engine, installed if they are missing.
    pub fn ensure(self, project: &Project) -> Result<Programs> {
        match self {
            Self::Chromium => Ok(Programs {
                driver: browser::ensure_chromedriver()?,
                browser: browser::ensure_headless_browser()?,
                full_browser: browser::ensure_whole_browser()?,
            }),
            Self::Firefox => {
                let browser = installed(&FIREFOX_PACKAGES, firefox)?;
                cargo_tools::ensure(project, &[cargo_tools::GECKODRIVER])?;
                let driver = project.tools_bin().join("geckodriver");
                Ok(Programs { driver, full_browser: browser.clone(), browser })
            }
            Self::WebKit => {
                let driver = installed(&WEBKIT_PACKAGES, webkit_driver)?;
                let browser = LIBRARY_FOLDERS.iter().find_map(|folder| existing(Path::new(folder).join(MINI_BROWSER)));
                let browser = browser.context("webkit2gtk-driver came without its MiniBrowser")?;
                Ok(Programs { driver, full_browser: browser.clone(), browser })
            }
        }
    }
}

fn firefox() -> Option<PathBuf> {
    existing(FIREFOX)
}

fn webkit_driver() -> Option<PathBuf> {
    existing(DISPLAY).and(existing(WEBKIT_DRIVER))
}

fn existing(path: impl AsRef<Path>) -> Option<PathBuf> {
    path.as_ref().is_file().then(|| path.as_ref().to_owned())
}

/// What `find` finds, after an installation of the packages if it finds nothing.
fn installed(packages: &[&str], find: impl Fn() -> Option<PathBuf>) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(packages)?;
    find().with_context(|| format!("{} came without the programs that the tests need", packages.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_is_found_by_its_name() {
        for engine in Engine::ALL {
            assert_eq!(Engine::named(engine.name()).expect("it exists"), engine);
        }
    }

    #[test]
    fn an_unknown_browser_is_refused_with_those_that_exist() {
        let message = Engine::named("safari").expect_err("no engine").to_string();
        assert!(Engine::ALL.iter().all(|engine| message.contains(engine.name())), "{message}");
    }
}
