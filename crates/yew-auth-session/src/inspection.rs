//! The session as an inspector shows it: everything except the secrets.

use std::time::Duration;

use super::generation::Generation;
use super::record::StoredSession;
use super::session_end::PlannedEnd;
use super::state::{Connection, SignOutReason};
use super::time::{Skew, Timestamp};
use super::user::User;

/// The session machine's view, at the moment it was last told the time. All times are on this machine's clock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inspection {
    /// The change of the shared session that this tab knows of.
    pub generation: Generation,
    /// The session, or why there is none; `None` until the stored record has been read.
    pub session: Option<Result<InspectedSession, SignOutReason>>,
    /// Whether the session can be renewed at the moment.
    pub connection: Connection,
    /// How far the next refresh is.
    pub refresh: RefreshProgress,
    /// The next end that no refresh can put off.
    pub planned_end: Option<PlannedEnd>,
}

/// A session without its tokens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InspectedSession {
    /// Who is signed in.
    pub user: User,
    /// Whether the tokens are in cookies, where no script can read them.
    pub is_in_cookies: bool,
    /// When somebody signed in.
    pub signed_in_at: Option<Timestamp>,
    /// When the access token expires.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires unless it is used before.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends for good.
    pub session_ends_at: Option<Timestamp>,
    /// Our clock minus the server's.
    pub skew: Skew,
    /// How far that may be off; `None` when nobody knows.
    pub uncertainty: Option<Duration>,
}

/// How far a refresh is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefreshProgress {
    /// It comes at this time.
    DueAt(Timestamp),
    /// None is planned: nobody is signed in, or the browser is offline.
    Resting,
    /// Another tab holds the lock, or is about to.
    AwaitingLock,
    /// The request was sent.
    OnItsWay,
}

impl InspectedSession {
    pub(super) fn of(session: &StoredSession) -> Self {
        let local = |server| session.clock.to_local(server);
        Self {
            user: session.user.clone(),
            is_in_cookies: session.credentials.access_token().is_none(),
            signed_in_at: session.signed_in_at.map(local),
            access_expires_at: session.access_expires_at.map(local),
            refresh_expires_at: session.refresh_expires_at.map(local),
            session_ends_at: session.session_ends_at.map(local),
            skew: session.clock.skew(),
            uncertainty: session.clock.uncertainty(),
        }
    }
}

impl Inspection {
    /// The session, where somebody is signed in.
    #[must_use]
    pub fn signed_in(&self) -> Option<&InspectedSession> {
        self.session.as_ref()?.as_ref().ok()
    }
}
