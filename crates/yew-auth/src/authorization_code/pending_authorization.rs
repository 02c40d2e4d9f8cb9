//! A sign-in with a provider, from leaving the page to coming back.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::callback_error::CallbackError;
use super::provider_session::ProviderSession;
use crate::return_path::ReturnPath;
use yew_auth_session::Timestamp;

/// An answer that comes later than this is refused.
const LIFETIME: Duration = Duration::from_secs(600);

/// The longest error code that is kept, in characters.
const MAX_CODE: usize = 100;

/// The longest reason that is kept, in characters.
const MAX_REASON: usize = 300;

/// What the page remembers while the provider has the user. It is stored in that tab alone.
#[derive(Serialize, Deserialize)]
pub(super) struct PendingAuthorization {
    /// The provider that was asked: an answer of another is refused (mix-up, RFC 9700 section 4.4).
    pub(super) provider: String,
    /// The provider's issuer identifier, if the backend knows it.
    pub(super) issuer: Option<String>,
    /// Whether the provider announces that its answers name the issuer (RFC 9207 section 3).
    pub(super) sends_issuer: bool,
    /// What there is to end at the provider later.
    #[serde(default)]
    pub(super) provider_session: Option<ProviderSession>,
    /// Returned in the answer; protects against CSRF (RFC 6749 section 10.12).
    pub(super) state: String,
    /// Returned in the ID token; protects against replay (OIDC Core section 3.1.2.1).
    pub(super) nonce: String,
    /// Proves to the token endpoint that this page sent the request (PKCE, RFC 7636 section 4.1).
    pub(super) verifier: String,
    /// Where to go after the sign-in.
    pub(super) return_to: ReturnPath,
    /// When the page was left.
    pub(super) started_at: Timestamp,
}

/// The provider's answer: the query of the callback address. A repeated parameter is a forgery (RFC 6749 section 3.1).
/// It holds the authorization code, so it has no `Debug`.
#[derive(Default)]
pub(super) struct CallbackQuery {
    pub(super) code: Vec<String>,
    pub(super) state: Vec<String>,
    pub(super) error: Vec<String>,
    pub(super) error_description: Vec<String>,
    pub(super) iss: Vec<String>,
}

impl CallbackQuery {
    /// Why the provider has refused, in its own words.
    fn reason(&self) -> Option<String> {
        let reason = self.error_description.first().map(|reason| plain_text(reason, MAX_REASON));
        reason.filter(|reason| !reason.is_empty())
    }
}

/// A text of somebody else's, at most `max` characters, without control characters and those that turn the direction of
/// text: it cannot pass for a part of the page.
fn plain_text(text: &str, max: usize) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.trim().chars().filter(|c| !c.is_control() && !turns(*c)).take(max).collect()
}

impl PendingAuthorization {
    /// The authorization code, if `answer` answers this request.
    pub(super) fn accept(
        &self,
        answer: &CallbackQuery,
        provider: &str,
        now: Timestamp,
    ) -> Result<String, CallbackError> {
        let [state] = answer.state.as_slice() else { return Err(CallbackError::NotRequested) };
        let in_time = now.duration_since(self.started_at) <= LIFETIME && now >= self.started_at;
        if !constant_time_eq(state, &self.state) || provider != self.provider || !in_time {
            return Err(CallbackError::NotRequested);
        }
        if !self.has_issuer_of(&answer.iss) {
            return Err(CallbackError::WrongIssuer);
        }
        match (answer.error.as_slice(), answer.code.as_slice()) {
            ([error], _) if error == "access_denied" => Err(CallbackError::Denied { reason: answer.reason() }),
            ([error, ..], _) => {
                Err(CallbackError::Provider { code: plain_text(error, MAX_CODE), reason: answer.reason() })
            }
            ([], [code]) if !code.is_empty() => Ok(code.clone()),
            ([], _) => Err(CallbackError::NotRequested),
        }
    }

    /// RFC 9207 section 2.4. Where the backend does not name the provider's issuer, there is nothing to compare with.
    fn has_issuer_of(&self, iss: &[String]) -> bool {
        match (iss, &self.issuer) {
            ([], _) | ([_], None) => !self.sends_issuer,
            ([iss], Some(issuer)) => iss == issuer,
            _ => false,
        }
    }
}

impl fmt::Debug for PendingAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingAuthorization").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// Compares in constant time.
fn constant_time_eq(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
#[path = "pending_authorization_tests.rs"]
mod tests;
