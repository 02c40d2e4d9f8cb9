//! One attempt to sign in with a provider, from leaving the page to coming back.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::callback_error::CallbackError;
use super::return_path::ReturnPath;
use yew_auth_session::Timestamp;

/// An answer that comes later than this answers nothing any more.
const LIFETIME: Duration = Duration::from_secs(600);

/// What only the page that left knows, kept in that tab alone.
#[derive(Serialize, Deserialize)]
pub(super) struct Attempt {
    /// The provider that was asked (RFC 9700 section 4.4: mix-up).
    pub(super) provider: String,
    /// Who that provider says it is, where that is known.
    pub(super) issuer: Option<String>,
    /// Whether it has announced that it says so in its answer.
    pub(super) sends_issuer: bool,
    /// Comes back in the answer (RFC 6749 section 10.12).
    pub(super) state: String,
    /// Comes back in the ID token (OIDC Core section 3.1.2.1).
    pub(super) nonce: String,
    /// Proves to the token endpoint who asked (RFC 7636 section 4.1).
    pub(super) verifier: String,
    /// Where the person was.
    pub(super) return_to: ReturnPath,
    /// When the page was left.
    pub(super) started_at: Timestamp,
}

/// The provider's answer, as it stands in the address. A parameter that comes twice is a forgery (RFC 6749 section 3.1).
/// It has a code in it, and so no `Debug`.
#[derive(Default)]
pub(super) struct CallbackQuery {
    pub(super) code: Vec<String>,
    pub(super) state: Vec<String>,
    pub(super) error: Vec<String>,
    pub(super) iss: Vec<String>,
}

impl Attempt {
    /// The code of an answer to this attempt.
    pub(super) fn accept(
        &self,
        answer: &CallbackQuery,
        provider: &str,
        now: Timestamp,
    ) -> Result<String, CallbackError> {
        let [state] = answer.state.as_slice() else { return Err(CallbackError::NotRequested) };
        let in_time = now.duration_since(self.started_at) <= LIFETIME && now >= self.started_at;
        if !same(state, &self.state) || provider != self.provider || !in_time {
            return Err(CallbackError::NotRequested);
        }
        if !self.is_answered_by(&answer.iss) {
            return Err(CallbackError::WrongIssuer);
        }
        match (answer.error.as_slice(), answer.code.as_slice()) {
            ([error], _) if error == "access_denied" => Err(CallbackError::Denied),
            ([error, ..], _) => Err(CallbackError::Provider(error.chars().take(100).collect())),
            ([], [code]) if !code.is_empty() => Ok(code.clone()),
            ([], _) => Err(CallbackError::NotRequested),
        }
    }

    /// RFC 9207 section 2.4. Of a provider whose issuer the backend does not tell, an issuer says nothing.
    fn is_answered_by(&self, iss: &[String]) -> bool {
        match (iss, &self.issuer) {
            ([], _) | ([_], None) => !self.sends_issuer,
            ([iss], Some(issuer)) => iss == issuer,
            _ => false,
        }
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// Compares without telling by its time where the texts differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
#[path = "attempt_tests.rs"]
mod tests;
