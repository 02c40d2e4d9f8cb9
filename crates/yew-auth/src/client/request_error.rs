//! Why a request failed.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::dialect::{AnswerError, Misconfiguration, Rejection};
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
    /// The answer is not what was expected, for example the error page of a gateway.
    UnexpectedBody(Expectation),
    /// The backend is set up in a way that the app is not. The text names the setting.
    Misconfigured(Misconfiguration),
    /// The backend, or its dialect, has no such request.
    Unsupported,
    /// The answer is larger than [`AuthConfig::with_max_body`](crate::AuthConfig::with_max_body) allows.
    TooLarge,
    /// No user is signed in, or the session ended before the request could be sent.
    SignedOut(SignOutReason),
    /// The path is not one that credentials may be sent to.
    InvalidPath(InvalidPath),
    /// The body has no JSON form, a header value is not allowed, or a proof of possession cannot be signed because the page
    /// is neither from https nor from localhost.
    Unsendable,
    /// The sign-in succeeded too late: in another tab somebody has signed out meanwhile, or this page was frozen for too
    /// long. The new session was ended again.
    Superseded,
    /// This browser blocks cookies, and the session would be in one. Nothing was sent.
    CookiesBlocked,
    /// The component that asked was unmounted.
    Cancelled,
}

/// What an answer should have had, and whose answer it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expectation {
    /// What was expected, such as "an access token".
    pub what: &'static str,
    /// The path of the request. Empty if it was a refresh of the session.
    pub path: String,
}

impl Expectation {
    pub(crate) fn new(what: &'static str, path: &str) -> Self {
        Self { what, path: path.to_owned() }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer of {} lacks {}", if self.path.is_empty() { "the backend" } else { &self.path }, self.what)
    }
}

impl RequestError {
    pub(crate) fn of_answer(error: AnswerError, path: &str) -> Self {
        match error {
            AnswerError::Lacks(what) => Self::UnexpectedBody(Expectation::new(what, path)),
            AnswerError::Misconfigured(misconfiguration) => Self::Misconfigured(misconfiguration),
        }
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Offline | Self::Unreachable | Self::TimedOut | Self::UnexpectedBody(_) | Self::Superseded => true,
            Self::Status(rejection) => matches!(rejection.status, 408 | 425 | 429 | 500..),
            Self::TooLarge
            | Self::Misconfigured(_)
            | Self::Unsupported
            | Self::SignedOut(_)
            | Self::InvalidPath(_)
            | Self::Unsendable
            | Self::CookiesBlocked
            | Self::Cancelled => false,
        }
    }

    /// What to show where an app has no words of its own: what the backend says if it says anything, the setting that is
    /// missing if the backend is [misconfigured](Self::Misconfigured), and this error's text otherwise.
    ///
    /// # Example
    ///
    /// ```
    /// use yew_auth::{Rejection, RequestError};
    ///
    /// let refused = Rejection::read(400, br#"{"non_field_errors": ["Unable to log in."]}"#, None);
    /// assert_eq!(RequestError::Status(refused).message(), "Unable to log in.");
    /// assert_eq!(RequestError::Offline.message(), "the browser is offline");
    /// ```
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Status(rejection) => rejection.words().unwrap_or_else(|| self.to_string()),
            Self::Misconfigured(misconfiguration) => misconfiguration.to_string(),
            _ => self.to_string(),
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
        matches!(self, Self::Status(rejection) if rejection.names_another_session())
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
            Degradation::BadAnswer => {
                Self::UnexpectedBody(Expectation { what: "a refreshed token", path: String::new() })
            }
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
            Self::UnexpectedBody(expectation) => expectation.fmt(f),
            Self::Misconfigured(_) => f.write_str("the backend is set up differently than the app expects"),
            Self::Unsupported => f.write_str("the backend has no such request"),
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
            Self::Misconfigured(error) => Some(error),
            _ => None,
        }
    }
}
