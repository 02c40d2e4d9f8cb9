//! Why an answer cannot be used.

use std::error::Error;
use std::fmt;

use crate::misconfiguration::Misconfiguration;

/// Why a dialect or a transport cannot use an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnswerError {
    /// It lacks what was expected, such as "an access token in `access`".
    Lacks(&'static str),
    /// The backend is set up in a way that the app is not.
    Misconfigured(Misconfiguration),
}

impl From<Misconfiguration> for AnswerError {
    fn from(misconfiguration: Misconfiguration) -> Self {
        Self::Misconfigured(misconfiguration)
    }
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lacks(expected) => write!(f, "the answer lacks {expected}"),
            Self::Misconfigured(_) => f.write_str("the backend is set up differently"),
        }
    }
}

impl Error for AnswerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Lacks(_) => None,
            Self::Misconfigured(misconfiguration) => Some(misconfiguration),
        }
    }
}
