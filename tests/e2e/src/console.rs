//! The browser's console, in which no error may stand that the test has not expected.

use std::cell::RefCell;

use thirtyfour::BrowserLogEntry;

/// The errors of all tabs.
#[derive(Debug, Default)]
pub struct Console {
    expected: RefCell<Vec<Expected>>,
    errors: RefCell<Vec<String>>,
}

/// An error of the browser's own.
#[derive(Debug)]
enum Expected {
    /// About a request.
    Failure { path: String, words: String },
    /// About what a page was not let do.
    Refusal { words: String },
}

impl Console {
    /// The browser says of each request that failed that it did. About those of `path`, and in these `words`, that is
    /// part of the test. Nothing that a script says can be expected.
    pub fn expect(&self, path: &str, words: &str) {
        self.expected.borrow_mut().push(Expected::Failure { path: path.to_owned(), words: words.to_owned() });
    }

    /// The same of what the browser says, in these `words`, when it holds a page to a policy.
    pub fn expect_refusal(&self, words: &str) {
        self.expected.borrow_mut().push(Expected::Refusal { words: words.to_owned() });
    }

    pub(crate) fn add(&self, entries: Vec<BrowserLogEntry>) {
        let errors = entries.into_iter().filter(|entry| entry.level == "SEVERE");
        self.errors.borrow_mut().extend(
            errors
                .filter(|error| !self.is_expected(error))
                .map(|error| format!("{}: {}", error.source.as_deref().unwrap_or("unknown source"), error.message)),
        );
    }

    /// What stands there unexpected.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.errors.borrow().clone()
    }

    fn is_expected(&self, error: &BrowserLogEntry) -> bool {
        self.expected.borrow().iter().any(|expected| expected.is(error))
    }
}

impl Expected {
    fn is(&self, error: &BrowserLogEntry) -> bool {
        let source = error.source.as_deref();
        match self {
            Self::Failure { path, words } => {
                let (url, message) = error.message.split_once(' ').unwrap_or_default();
                let is_about = url.split('?').next().is_some_and(|url| url.ends_with(path.as_str()));
                source == Some("network") && is_about && message.contains(words)
            }
            // Chromium speaks of CORS in the name of the script that has asked.
            Self::Refusal { words } => {
                matches!(source, Some("security" | "javascript")) && error.message.contains(words)
            }
        }
    }
}
