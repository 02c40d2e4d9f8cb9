//! One attempt to sign in with a provider, from leaving the page to coming back.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::callback_error::CallbackError;
use super::return_path::ReturnPath;
use crate::session::Timestamp;

/// An answer that comes later than this answers nothing any more.
const LIFETIME: Duration = Duration::from_secs(600);

/// What only the page that left knows, kept in that tab alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attempt {
    /// The provider that was asked (RFC 9700 section 4.4: mix-up).
    pub(super) provider: String,
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
#[derive(Debug, Default)]
pub(super) struct CallbackQuery {
    pub(super) code: Vec<String>,
    pub(super) state: Vec<String>,
    pub(super) error: Vec<String>,
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
        match (answer.error.as_slice(), answer.code.as_slice()) {
            ([error], _) if error == "access_denied" => Err(CallbackError::Denied),
            ([error, ..], _) => Err(CallbackError::Provider(error.chars().take(100).collect())),
            ([], [code]) if !code.is_empty() => Ok(code.clone()),
            ([], _) => Err(CallbackError::NotRequested),
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
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_secs(1000);

    fn attempt() -> Attempt {
        Attempt {
            provider: "dev".to_owned(),
            state: "the-state".to_owned(),
            nonce: "canary".to_owned(),
            verifier: "canary".to_owned(),
            return_to: ReturnPath::new("/posts"),
            started_at: START,
        }
    }

    fn answer(code: &[&str], state: &[&str], error: &[&str]) -> CallbackQuery {
        let own = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        CallbackQuery { code: own(code), state: own(state), error: own(error) }
    }

    fn accept(answer: &CallbackQuery) -> Result<String, CallbackError> {
        attempt().accept(answer, "dev", START)
    }

    #[test]
    fn the_answer_to_the_attempt_is_taken() {
        assert_eq!(accept(&answer(&["c"], &["the-state"], &[])), Ok("c".to_owned()));
    }

    #[test]
    fn o3_a_missing_wrong_or_doubled_state_or_code_is_refused() {
        let bad = [
            answer(&["c"], &[], &[]),
            answer(&["c"], &["other"], &[]),
            answer(&["c"], &["the-state", "the-state"], &[]),
            answer(&["c"], &["__proto__"], &[]),
            answer(&[], &["the-state"], &[]),
            answer(&[""], &["the-state"], &[]),
            answer(&["c", "d"], &["the-state"], &[]),
        ];
        for answer in bad {
            assert_eq!(accept(&answer), Err(CallbackError::NotRequested), "{answer:?}");
        }
    }

    #[test]
    fn o5_an_answer_on_another_providers_callback_is_refused() {
        let answer = answer(&["c"], &["the-state"], &[]);
        assert_eq!(attempt().accept(&answer, "google", START), Err(CallbackError::NotRequested));
    }

    #[test]
    fn an_answer_after_ten_minutes_or_from_before_the_question_is_refused() {
        let answer = answer(&["c"], &["the-state"], &[]);
        let at = |secs: i64| attempt().accept(&answer, "dev", Timestamp::from_secs(1000 + secs));
        assert!(at(600).is_ok());
        assert_eq!(at(601), Err(CallbackError::NotRequested));
        assert_eq!(at(-1), Err(CallbackError::NotRequested));
    }

    #[test]
    fn o8_the_providers_error_is_told_from_a_denied_consent() {
        assert_eq!(accept(&answer(&[], &["the-state"], &["access_denied"])), Err(CallbackError::Denied));
        let html = "<b>x</b>";
        assert_eq!(accept(&answer(&[], &["the-state"], &[html])), Err(CallbackError::Provider(html.to_owned())));
    }

    #[test]
    fn t1_debug_of_an_attempt_prints_no_secret() {
        let text = format!("{:?}", attempt());
        assert!(!text.contains("canary") && !text.contains("the-state"), "{text}");
    }
}
