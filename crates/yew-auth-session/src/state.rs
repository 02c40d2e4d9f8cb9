//! What a page is told about the session.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::time::Timestamp;
use super::user::User;

/// The session as a page sees it. It changes only when something that a page may show has changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SessionState {
    /// What is stored has not been read yet.
    Loading,
    /// Somebody is signed in.
    Authenticated(Session),
    /// Nobody is.
    Unauthenticated(SignOutReason),
}

impl SessionState {
    /// Whether a page would show the same for both. The end of a session is an estimate that moves by milliseconds with
    /// each measurement of the server's clock.
    pub(super) fn shows_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Authenticated(a), Self::Authenticated(b)) => {
                let same_end = match (a.ends_at, b.ends_at) {
                    (Some(a), Some(b)) => a.duration_since(b).max(b.duration_since(a)) < Duration::from_secs(60),
                    (a, b) => a == b,
                };
                a.user == b.user && same_end
            }
            (a, b) => a == b,
        }
    }

    /// The session, where somebody is signed in.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Authenticated(session) => Some(session),
            Self::Loading | Self::Unauthenticated(_) => None,
        }
    }
}

/// A signed-in person's session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Session {
    /// Who is signed in.
    pub user: User,
    /// When the session ends, on this machine's clock: for good, where the backend says when that is; else unless it is
    /// renewed. `None` when the backend says neither.
    pub ends_at: Option<Timestamp>,
}

impl Session {
    /// A session of `user` that ends at `ends_at`.
    #[must_use]
    pub fn new(user: User, ends_at: Option<Timestamp>) -> Self {
        Self { user, ends_at }
    }
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignOutReason {
    /// Nobody has signed in on this browser.
    NeverSignedIn,
    /// The person signed out, here.
    SignedOut,
    /// The person signed out in another tab.
    SignedOutInAnotherTab,
    /// The refresh token had expired: the browser was away for too long.
    Expired,
    /// The backend refused to renew the session.
    Revoked,
    /// Nobody had done anything for longer than the app allows.
    Idle,
    /// The session reached its absolute end, which no refresh moves.
    AbsoluteEnd,
    /// The browser has not kept the cookies of a new session: they are blocked, or marked `Secure` on a page without https.
    CookiesNotKept,
    /// A newer release of the app has written the session in a form that this one cannot read. Reloading the page helps.
    NewerRelease,
}

impl SignOutReason {
    /// Whether the session ended although nobody asked for it. The person may then continue where they were after
    /// signing in again. After a sign-out, in any tab, nothing of the page is kept.
    #[must_use]
    pub fn is_involuntary(self) -> bool {
        matches!(self, Self::Expired | Self::Revoked | Self::Idle | Self::AbsoluteEnd | Self::CookiesNotKept)
    }
}

/// Whether the session can be renewed at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Connection {
    /// As far as is known, yes.
    #[default]
    Good,
    /// Not now. The machine tries again by itself.
    Degraded(Degradation),
}

/// What stands in the way of renewing the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Degradation {
    /// The browser is offline.
    Offline,
    /// The backend cannot be reached.
    Unreachable,
    /// The backend did not answer in time.
    TimedOut,
    /// The backend limits the rate of requests (429).
    RateLimited,
    /// The backend, or a gateway before it, sent an answer that is not the API's.
    BadAnswer,
}

/// Where the session is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Persistence {
    /// In the browser's storage: it outlives the page, and all tabs share it.
    #[default]
    Shared,
    /// In this page's memory alone: the browser's storage is blocked, full, or kept by a newer release.
    MemoryOnly,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_at(millis: Option<i64>) -> SessionState {
        SessionState::Authenticated(Session::new(User::new("1", "demo"), millis.map(Timestamp::from_millis)))
    }

    #[test]
    fn an_end_that_moves_by_less_than_a_minute_is_shown_as_the_same() {
        let shows_the_same =
            |a, b| ends_at(a).shows_the_same_as(&ends_at(b)) && ends_at(b).shows_the_same_as(&ends_at(a));
        assert!(shows_the_same(Some(0), Some(59_999)));
        assert!(!shows_the_same(Some(0), Some(60_000)));
        assert!(shows_the_same(None, None));
        assert!(!shows_the_same(None, Some(0)));
    }

    #[test]
    fn another_name_or_another_reason_is_shown() {
        let other = SessionState::Authenticated(Session::new(User::new("1", "ada"), None));
        assert!(!other.shows_the_same_as(&ends_at(None)));
        let [idle, revoked] = [SignOutReason::Idle, SignOutReason::Revoked].map(SessionState::Unauthenticated);
        assert!(idle.shows_the_same_as(&idle) && !idle.shows_the_same_as(&revoked));
    }

    #[test]
    fn only_an_end_that_nobody_wanted_is_involuntary() {
        use SignOutReason::*;
        assert!([Expired, Revoked, Idle, AbsoluteEnd].iter().all(|reason| reason.is_involuntary()));
        let wanted = [NeverSignedIn, SignedOut, SignedOutInAnotherTab, NewerRelease];
        assert!(!wanted.iter().any(|reason| reason.is_involuntary()));
    }
}
