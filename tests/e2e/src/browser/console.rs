//! The browser's console. Any error in it that the test did not expect fails the test.

use std::cell::RefCell;

use anyhow::{Result, ensure};
use thirtyfour::BrowserLogEntry;

use crate::servers::RequestLog;

/// The address that the tests open where there is no page. The server answers it with the app and status 404, which the
/// browser reports.
const UNKNOWN_PAGE: &str = "/nowhere";

/// The errors of all tabs.
#[derive(Debug)]
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
    /// A script of the test threw an error that nobody caught.
    Uncaught { message: String },
}

impl Default for Console {
    fn default() -> Self {
        let unknown_page = Expected::Failure { path: UNKNOWN_PAGE.to_owned(), message: "404".to_owned() };
        Self { expected: RefCell::new(vec![unknown_page]), errors: RefCell::default() }
    }
}

impl Console {
    /// Expects failed requests of `path` with this `message`, which is the status or part of what Chromium prints. An error
    /// that the app prints cannot be expected.
    pub fn expect(&self, path: &str, message: &str) {
        self.expected.borrow_mut().push(Expected::Failure { path: path.to_owned(), message: message.to_owned() });
    }

    /// Expects that the browser enforces a policy. Chromium prints this `message`.
    pub fn expect_refusal(&self, message: &str) {
        self.expected.borrow_mut().push(Expected::Refusal { message: message.to_owned() });
    }

    /// Expects an error with this `message`, which a script of the test throws and nobody catches.
    pub fn expect_uncaught(&self, message: &str) {
        self.expected.borrow_mut().push(Expected::Uncaught { message: message.to_owned() });
    }

    /// Adds what Chromium has logged.
    pub(crate) fn add_log(&self, entries: Vec<BrowserLogEntry>) {
        let errors = entries.into_iter().filter(|entry| entry.level == "SEVERE" && !self.expects_entry(entry));
        self.add_page_errors(
            errors.map(|error| format!("{}: {}", error.source.as_deref().unwrap_or("unknown source"), error.message)),
        );
    }

    /// Adds errors of scripts.
    pub(crate) fn add_page_errors(&self, errors: impl IntoIterator<Item = String>) {
        let expected = self.expected.borrow();
        let is_expected = |error: &String| expected.iter().any(|expected| expected.matches_uncaught(error));
        self.errors.borrow_mut().extend(errors.into_iter().filter(|error| !is_expected(error)));
    }

    /// Adds the failed requests of a log, which stands in for the console of an engine whose driver cannot read it. `own`
    /// are the failures of requests that the test itself has sent.
    pub(crate) fn add_failures(&self, log: &RequestLog, own: &[(String, u16)]) {
        let mut own = own.to_vec();
        for request in log.iter() {
            let Some(status) = request.status.filter(|status| *status >= 400) else { continue };
            if let Some(index) = own.iter().position(|failure| *failure == (request.path.clone(), status)) {
                own.swap_remove(index);
            } else if !self.expects_failure(&request.path, status) {
                self.add_page_errors([format!("{} {}: {status}", request.method, request.path)]);
            }
        }
    }

    /// Adds violations of the policy that the browser has reported to the server.
    pub(crate) fn add_violations(&self, violations: &[serde_json::Value]) {
        let is_expected = self.expected.borrow().iter().any(|expected| matches!(expected, Expected::Refusal { .. }));
        if !is_expected {
            self.add_page_errors(violations.iter().map(|violation| format!("policy: {violation}")));
        }
    }

    /// Fails if there was an error that was not expected.
    pub(crate) fn ensure_clean(&self) -> Result<()> {
        let errors = self.errors.borrow();
        ensure!(errors.is_empty(), "errors in the browser's console:\n{}", errors.join("\n"));
        Ok(())
    }

    fn expects_entry(&self, error: &BrowserLogEntry) -> bool {
        self.expected.borrow().iter().any(|expected| expected.matches_entry(error))
    }

    fn expects_failure(&self, path: &str, status: u16) -> bool {
        let is_it = |expected: &Expected| match expected {
            Expected::Failure { path: expected, message } => path == expected && message == &status.to_string(),
            Expected::Refusal { .. } | Expected::Uncaught { .. } => false,
        };
        self.expected.borrow().iter().any(is_it)
    }
}

impl Expected {
    fn matches_entry(&self, error: &BrowserLogEntry) -> bool {
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
            Self::Uncaught { .. } => source == Some("javascript") && self.matches_uncaught(&error.message),
        }
    }

    fn matches_uncaught(&self, error: &str) -> bool {
        matches!(self, Self::Uncaught { message } if error.contains(message.as_str()))
    }
}
