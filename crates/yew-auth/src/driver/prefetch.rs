//! What a script in the page's head may know before the app runs.

use std::fmt;

use serde::Serialize;

use super::Driver;
use crate::json;
use yew_auth_session::{Generation, SessionId, SessionRecord, Timestamp};

/// Until when a request that the app is going to send may be sent early, and for which state of the session. It is kept
/// beside the record under `<name>.prefetch`, so that a script needs to know neither the record's form nor the policy.
#[derive(Serialize)]
struct PrefetchPermit<'r> {
    /// The session that the request names.
    session: &'r SessionId,
    generation: Generation,
    user: &'r str,
    /// On this machine's clock, in milliseconds. From then on the app refreshes the token first.
    until: Timestamp,
}

/// What became of a request that was sent before the app ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrefetchOutcome {
    /// Its answer was shown.
    Used,
    /// It was sent for another session than the one on the page.
    OtherSession,
    /// There was none in time.
    NoAnswer,
    /// The answer was not a 200 with JSON.
    Refused,
    /// The answer had been lying there for too long.
    TooOld,
    /// The answer was not the expected data.
    UnexpectedBody,
}

impl fmt::Display for PrefetchOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Used => "Shown before the app could ask",
            Self::OtherSession => "Not used: the session had changed",
            Self::NoAnswer => "Not used: it was not answered",
            Self::Refused => "Not used: the answer was an error",
            Self::TooOld => "Not used: the answer was too old",
            Self::UnexpectedBody => "Not used: the answer was not understood",
        })
    }
}

impl Driver {
    /// Which state of the session the page shows.
    pub(crate) fn generation(&self) -> Generation {
        self.machine.borrow().generation()
    }

    /// Updates the permit to a record that has just been stored. Only cookies that are named after their session give one:
    /// a script cannot hold a token, and cookies with fixed names may belong to somebody else by now.
    pub(super) fn permit_prefetch(&self, record: &SessionRecord) {
        let written = self.prefetch_permit(record).map(|permit| self.prefetch.write(&json::text(&permit)));
        if !matches!(written, Some(Ok(()))) {
            self.prefetch.remove();
        }
    }

    fn prefetch_permit<'r>(&self, record: &'r SessionRecord) -> Option<PrefetchPermit<'r>> {
        let session = record.session()?;
        let id = session.credentials.session()?;
        // Without a bound on the server's clock the app refreshes first.
        session.clock.uncertainty()?;
        let expires_at = session.clock.to_local(session.access_expires_at?);
        Some(PrefetchPermit {
            session: id,
            generation: record.generation,
            user: &session.user.id,
            until: expires_at - self.policy.expiry_margin,
        })
    }

    /// Notes what became of the request that was sent early.
    #[cfg_attr(not(feature = "inspector"), expect(unused_variables, reason = "only the inspector shows it"))]
    pub(crate) fn note_prefetch(&self, outcome: PrefetchOutcome) {
        #[cfg(feature = "inspector")]
        self.prefetch_outcome.set(Some(outcome));
    }
}
