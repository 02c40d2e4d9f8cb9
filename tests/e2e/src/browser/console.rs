//! The browser's console. Any error in it that the test did not expect fails the test.

use std::cell::RefCell;

use thirtyfour::BrowserLogEntry;

/// The address that the tests open where there is no page. The server answers it with the app and status 404, which the
/// browser reports.
const UNKNOWN_PAGE: &str = "/nowhere";

/// The errors of all tabs.
#[derive(Debug, Default)]
pub struct Console {
    expected: RefCell<Vec<Expected>>,
    errors: RefCell<Vec<String>>,
}

/// An error that the browser itself reports.
#[derive(Debug)]
enum Expected {
    /// A request failed.
    Failure { path: String, message: String },
    /// A policy stopped the page.
    Refusal { message: String },
}

impl Console {
    /// Expects failed requests of `path` with this `message`, which is part of what the browser prints. An error that a
    /// script prints cannot be expected.
    pub fn expect(&self, path: &str, message: &str) {
        self.expected.borrow_mut().push(Expected::Failure { path: path.to_owned(), message: message.to_owned() });
    }

    /// Expects that the browser enforces a policy and prints this `message`.
    pub fn expect_refusal(&self, message: &str) {
        self.expected.borrow_mut().push(Expected::Refusal { message: message.to_owned() });
    }

    pub(crate) fn add(&self, entries: Vec<BrowserLogEntry>) {
        let errors = entries.into_iter().filter(|entry| entry.level == "SEVERE");
        self.errors.borrow_mut().extend(
            errors
                .filter(|error| !self.is_expected(error))
                .map(|error| format!("{}: {}", error.source.as_deref().unwrap_or("unknown source"), error.message)),
        );
    }

    /// The errors that were not expected.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.errors.borrow().clone()
    }

    fn is_expected(&self, error: &BrowserLogEntry) -> bool {
        let unknown_page = Expected::Failure { path: UNKNOWN_PAGE.to_owned(), message: "404".to_owned() };
        unknown_page.is(error) || self.expected.borrow().iter().any(|expected| expected.is(error))
    }
}

impl Expected {
    fn is(&self, error: &BrowserLogEntry) -> bool {
        let source = error.source.as_deref();
        match self {
            Self::Failure { path, message } => {
                let (url, text) = error.message.split_once(' ').unwrap_or_default();
                let is_about = url.split('?').next().is_some_and(|url| url.ends_with(path.as_str()));
                source == Some("network") && is_about && text.contains(message)
            }
            // Chromium reports a CORS error as the script's.
            Self::Refusal { message } => {
                matches!(source, Some("security" | "javascript")) && error.message.contains(message)
            }
        }
    }
}
