//! Why a sign-in with a provider failed.

use std::error::Error;
use std::fmt;

use crate::client::RequestError;
use crate::return_path::ReturnPath;

/// Why a sign-in with a provider failed. The session is unchanged: a user who was signed in still is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The user, or the provider, denied access (`access_denied`, RFC 6749 section 4.1.2.1).
    Denied {
        /// The provider's own words (`error_description`), at most 300 characters. Show them as plain text only.
        reason: Option<String>,
    },
    /// The provider answered with another error.
    Provider {
        /// Its code, at most 100 characters. Show it as plain text only.
        code: String,
        /// The provider's own words (`error_description`), at most 300 characters. Show them as plain text only.
        reason: Option<String>,
    },
    /// This tab did not ask for the answer, it was used before, or it took longer than ten minutes.
    NotRequested,
    /// The answer comes from another issuer than the provider that was asked (RFC 9207 section 2.4).
    WrongIssuer,
    /// The backend could not complete the sign-in.
    Request(RequestError),
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Denied { .. } => "access was denied",
            Self::Provider { .. } => "the provider answered with an error",
            Self::NotRequested => "this tab did not ask for the sign-in",
            Self::WrongIssuer => "the answer comes from another provider than the one that was asked",
            Self::Request(_) => "the backend could not complete the sign-in",
        })
    }
}

impl Error for CallbackError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Request(error) => Some(error),
            _ => None,
        }
    }
}

/// A failed sign-in with a provider, and where it was meant to lead.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FailedSignIn {
    /// Why it failed.
    pub error: CallbackError,
    /// Where another try should lead; `/` if that is not known.
    pub return_to: ReturnPath,
}

impl fmt::Display for FailedSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sign-in with a provider failed")
    }
}

impl Error for FailedSignIn {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
