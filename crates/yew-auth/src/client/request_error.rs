//! Why a request failed.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::dialect::{DjRestAuth, Rejection};
use crate::transport::InvalidPath;
use yew_auth_session::{Degradation, SignOutReason};

/// Why a request to the API failed.
///
/// # Example
///
/// ```
/// use yew_auth::RequestError;
///
/// fn advice(error: &RequestError) -> &'static str {
///     match error {
///         RequestError::Offline => "Check your network.",
///         error if error.is_transient() => "Try again in a moment.",
///         _ => "This did not work.",
///     }
/// }
/// assert_eq!(advice(&RequestError::TimedOut), "Try again in a moment.");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RequestError {
    /// The browser is offline.
    Offline,
    /// The backend cannot be reached.
    Unreachable,
    /// The answer did not arrive in time.
    TimedOut,
    /// The backend answered with an error status.
    Status(Rejection),
    /// The answer is not the JSON that was expected, for example the error page of a gateway.
    UnexpectedBody,
    /// The answer is larger than [`AuthConfig::with_max_body`](crate::AuthConfig::with_max_body) allows.
    TooLarge,
    /// No user is signed in, or the session ended before the request could be sent.
    SignedOut(SignOutReason),
    /// The path is not one that credentials may be sent to.
    InvalidPath(InvalidPath),
    /// The body has no JSON form, or a header value is not allowed.
    Unsendable,
    /// The sign-in succeeded too late: in another tab somebody has signed out meanwhile, or this page was frozen for too
    /// long. The new session was ended again.
    Superseded,
    /// This browser blocks cookies, and the session would be in one. Nothing was sent.
    CookiesBlocked,
    /// The component that asked was unmounted.
    Cancelled,
}

impl RequestError {
    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Offline | Self::Unreachable | Self::TimedOut | Self::UnexpectedBody | Self::Superseded => true,
            Self::Status(rejection) => matches!(rejection.status, 408 | 425 | 429 | 500..),
            Self::TooLarge
            | Self::SignedOut(_)
            | Self::InvalidPath(_)
            | Self::Unsendable
            | Self::CookiesBlocked
            | Self::Cancelled => false,
        }
    }

    /// How long to wait before the next try, if the backend says so (`Retry-After`, RFC 9110 section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status(rejection) => rejection.retry_after,
            _ => None,
        }
    }

    /// Whether the browser holds the cookies of another session, and not of the one that the request named.
    pub(crate) fn names_another_session(&self) -> bool {
        matches!(self, Self::Status(rejection) if DjRestAuth::names_another_session(rejection))
    }

    /// Whether the backend wants to know who asks (RFC 9110 section 15.5.2).
    pub(crate) fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Status(rejection) if rejection.status == 401)
    }

    pub(crate) fn degradation(&self) -> Degradation {
        match self {
            Self::Offline => Degradation::Offline,
            Self::TimedOut => Degradation::TimedOut,
            Self::Status(rejection) if rejection.status == 429 => Degradation::RateLimited,
            Self::Unreachable => Degradation::Unreachable,
            _ => Degradation::BadAnswer,
        }
    }
}

impl From<Degradation> for RequestError {
    fn from(cause: Degradation) -> Self {
        match cause {
            Degradation::Offline => Self::Offline,
            Degradation::TimedOut => Self::TimedOut,
            Degradation::BadAnswer => Self::UnexpectedBody,
            _ => Self::Unreachable,
        }
    }
}

impl From<InvalidPath> for RequestError {
    fn from(error: InvalidPath) -> Self {
        Self::InvalidPath(error)
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offline => f.write_str("the browser is offline"),
            Self::Unreachable => f.write_str("the backend cannot be reached"),
            Self::TimedOut => f.write_str("the backend did not answer in time"),
            Self::Status(rejection) => write!(f, "the backend answered with status {}", rejection.status),
            Self::UnexpectedBody => f.write_str("the answer is not the json that was expected"),
            Self::TooLarge => f.write_str("the answer is too large"),
            Self::SignedOut(_) => f.write_str("no user is signed in"),
            Self::InvalidPath(_) => f.write_str("credentials are not sent to this path"),
            Self::Unsendable => f.write_str("the request cannot be sent"),
            Self::Superseded => f.write_str("the sign-in was answered too late, and its session was ended"),
            Self::CookiesBlocked => f.write_str("the browser blocks cookies"),
            Self::Cancelled => f.write_str("the request was cancelled"),
        }
    }
}

impl Error for RequestError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::InvalidPath(error) => Some(error),
            _ => None,
        }
    }
}
