//! Why the page could not leave for a provider.

use std::error::Error;
use std::fmt;

/// Why the page could not leave for a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectError {
    /// The browser offers no cryptography here: the page must come from https or localhost.
    NoCrypto,
    /// The browser's storage is blocked, so a forged answer could not be told from the provider's.
    NoStorage,
    /// The browser blocks cookies, and the session would be in one.
    CookiesBlocked,
    /// The provider's address is not an http or https URL, or the browser refused it.
    BadProvider,
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoCrypto => "the browser offers no cryptography on this page",
            Self::NoStorage => "the browser's storage is blocked",
            Self::CookiesBlocked => "the browser blocks cookies",
            Self::BadProvider => "the provider's address cannot be used",
        })
    }
}

impl Error for RedirectError {}
