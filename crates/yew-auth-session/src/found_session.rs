//! Which sessions the browser holds cookies of.

use std::time::Duration;

use super::session_id::SessionId;
use super::state::Degradation;
use super::time::Timestamp;
use super::user::User;

/// A live session whose cookies the browser holds, as the server describes it. All times are the server's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoundSession {
    /// Which session.
    pub session: SessionId,
    /// Whose it is.
    pub user: User,
    /// When its person signed in.
    pub signed_in_at: Option<Timestamp>,
    /// When the access token was issued; `None` where its cookie is missing or has expired.
    pub access_issued_at: Option<Timestamp>,
    /// When the access token expires; `None` where its cookie is missing or has expired.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends for good.
    pub session_ends_at: Option<Timestamp>,
}

/// The answer to the question which sessions the browser holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SessionsOutcome {
    /// The server has answered.
    Found {
        /// The live sessions, the newest sign-in first.
        sessions: Vec<FoundSession>,
        /// What the server's clock showed (the answer's `Date`), if it is known. It saves a refresh.
        server_time: Option<Timestamp>,
    },
    /// The question was not answered, which says nothing about the sessions.
    Failed {
        /// What went wrong.
        cause: Degradation,
        /// How long the server asks not to be called (`Retry-After`).
        retry_after: Option<Duration>,
    },
}
