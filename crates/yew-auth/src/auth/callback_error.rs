//! Why a sign-in with a provider did not come to its end.

use std::error::Error;
use std::fmt;

use super::return_path::ReturnPath;
use crate::api::RequestError;

/// Why a sign-in with a provider did not come to its end. Nothing has changed: who was signed in still is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The person, or the provider for them, did not consent (`access_denied`, RFC 6749 section 4.1.2.1).
    Denied,
    /// The provider answered with another error; its code, as plain text.
    Provider(String),
    /// Nobody here asked for this answer, or it was used before, or it took too long.
    NotRequested,
    /// The answer comes from another issuer than the one that was asked (RFC 9207 section 2.4).
    WrongIssuer,
    /// The backend could not complete the sign-in.
    Request(RequestError),
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Denied => "consent was not given",
            Self::Provider(_) => "the provider answered with an error",
            Self::NotRequested => "nobody asked for this sign-in",
            Self::WrongIssuer => "another provider has answered than the one that was asked",
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

/// A sign-in with a provider that did not come to its end, and where it was to lead.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FailedSignIn {
    /// What stood in the way.
    pub error: CallbackError,
    /// Where the person was when it was begun: `/` where nobody knows.
    pub return_to: ReturnPath,
}

impl fmt::Display for FailedSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sign-in with a provider did not come to its end")
    }
}

impl Error for FailedSignIn {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
