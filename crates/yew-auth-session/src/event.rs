//! What goes into the session machine, and what comes out of it.

use std::time::Duration;

use super::credentials::Credentials;
use super::record::{Generation, Revocation, SessionRecord, Stored};
use super::state::{Degradation, SignOutReason};
use super::time::Timestamp;
use super::token::RefreshToken;
use super::user::User;

/// Something that happened. Where one carries a [`Stored`], it was read just before.
#[derive(Clone, Debug)]
pub enum Event {
    /// The page has started.
    Started {
        /// What is stored.
        stored: Stored,
        /// What the browser says of the network.
        online: bool,
    },
    /// The page became visible, got the focus, came back from the back/forward cache, or the storage was written.
    Woke {
        /// What is stored.
        stored: Stored,
    },
    /// Another tab has changed the record.
    RecordChanged {
        /// What is stored.
        stored: Stored,
    },
    /// The browser says that the network is there, or gone.
    OnlineChanged(bool),
    /// Somebody has signed in on this page.
    SignedIn {
        /// Who.
        user: Box<User>,
        /// What the backend granted.
        grant: Box<IssuedTokens>,
        /// When the request that brought the grant was sent, on the monotonic clock.
        sent: Duration,
        /// What is stored.
        stored: Stored,
    },
    /// Somebody has tried to sign in over cookies, and nobody knows what came of it: the answer was lost. The cookies may
    /// be another person's now than the record says.
    SignInLost {
        /// What is stored.
        stored: Stored,
    },
    /// The person wants to sign out.
    SignOutRequested {
        /// What is stored.
        stored: Stored,
    },
    /// The user's own details were read anew from the backend.
    UserChanged {
        /// Who.
        user: Box<User>,
        /// What is stored.
        stored: Stored,
    },
    /// Somebody did something at the page. It matters only where [`RefreshPolicy::idle_limit`](super::RefreshPolicy) is set.
    Active,
    /// Somebody wants a fresh token although the present one may still be good.
    RefreshRequested,
    /// The API answered 401 to a request that carried the access token of this generation.
    AccessTokenRejected(Generation),
    /// The refresh lock is ours.
    LockGranted {
        /// What is stored.
        stored: Stored,
    },
    /// Another tab holds the refresh lock.
    LockBusy {
        /// Who, as far as the lock's lease tells.
        holder: Option<LeaseId>,
    },
    /// A refresh request has ended.
    RefreshFinished {
        /// Which one.
        ticket: Ticket,
        /// How.
        outcome: RefreshOutcome,
        /// What is stored.
        stored: Stored,
    },
    /// A revocation request has ended.
    RevokeFinished {
        /// Which one.
        revocation: Revocation,
        /// The server has answered: the session has ended there, or had before.
        done: bool,
        /// What is stored.
        stored: Stored,
    },
    /// The record could not be written.
    StoreFailed,
}

/// Something to do. The machine never waits for it: what comes of it is an [`Event`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Effect {
    /// Try to take the refresh lock, without waiting: [`Event::LockGranted`] or [`Event::LockBusy`].
    TryLock,
    /// Take the refresh lock from its holder: [`Event::LockGranted`] or [`Event::LockBusy`].
    StealLock,
    /// Let go of the refresh lock.
    ReleaseLock,
    /// Write the record.
    Store(Box<SessionRecord>),
    /// Tell the other tabs that the record has changed.
    Broadcast(Notice),
    /// Send a refresh: [`Event::RefreshFinished`].
    SendRefresh {
        /// Which one this is.
        ticket: Ticket,
        /// The token to present; `None` when a cookie holds it.
        token: Option<RefreshToken>,
    },
    /// Give up a refresh request. No event is owed.
    AbortRefresh(Ticket),
    /// Have the server end a session: [`Event::RevokeFinished`]. That of the cookies only under the lock, and only if the
    /// machine [is to revoke it](super::SessionMachine::is_to_revoke) still once that is held.
    SendRevoke(Revocation),
}

/// Names one refresh request of one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(pub(super) u64);

/// Names one taking of the refresh lock; no two are alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeaseId(String);

impl LeaseId {
    /// The lease of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

/// What tabs tell each other: that something has changed, never what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The generation that was written.
    pub generation: Generation,
    /// Set when it is a sign-out.
    pub reason: Option<SignOutReason>,
}

/// What a sign-in or a refresh brought. Times are the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedTokens {
    /// The tokens, or the word that cookies hold them.
    pub credentials: Credentials,
    /// When the access token was issued, if that is said.
    pub access_issued_at: Option<Timestamp>,
    /// When the access token expires, if that is said.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires, if that is said.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends for good, if that is said.
    pub session_ends_at: Option<Timestamp>,
}

/// How a refresh request ended.
#[derive(Clone, Debug)]
pub enum RefreshOutcome {
    /// With a new pair of tokens.
    Granted(Box<IssuedTokens>),
    /// With the server's final no (400 or 401): the session has ended.
    Refused,
    /// With anything else, which says nothing about the session.
    Failed {
        /// What went wrong.
        cause: Degradation,
        /// How long the server wants to be left alone.
        retry_after: Option<Duration>,
    },
}
