//! What goes into the session machine, and what comes out of it.

use std::time::Duration;

use super::credentials::Credentials;
use super::found_session::SessionsOutcome;
use super::generation::Generation;
use super::pending_sign_in::SignInId;
use super::record::{Revocation, SessionRecord, Stored};
use super::session_id::SessionId;
use super::state::{Degradation, SignOutReason};
use super::time::Timestamp;
use super::token::RefreshToken;
use super::token_id::TokenId;
use super::user::User;

/// Something that happened. `stored` is what is stored, read just before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The page has started.
    Started {
        /// What is stored.
        stored: Stored,
        /// What the browser says about the network.
        online: bool,
    },
    /// The page became visible, got the focus, came back from the back/forward cache, or the storage was written.
    Woke {
        /// What is stored.
        stored: Stored,
    },
    /// Another tab may have changed the record, or a timeout has passed.
    RecordChanged {
        /// What is stored.
        stored: Stored,
    },
    /// The browser says whether it is online. It may be wrong about `false`, so a probe follows.
    OnlineChanged(bool),
    /// A probe of the network has ended.
    ProbeFinished {
        /// Which one.
        ticket: Ticket,
        /// Anything has answered, whatever it said.
        reached: bool,
    },
    /// A sign-in is about to be sent. Carry out the effects before sending it.
    SignInStarted {
        /// Which attempt this is.
        attempt: SignInId,
        /// What is stored.
        stored: Stored,
    },
    /// The backend has signed somebody in on this page.
    SignedIn {
        /// Which attempt this was.
        attempt: SignInId,
        /// Who signed in.
        user: Box<User>,
        /// What the backend issued.
        tokens: Box<IssuedTokens>,
        /// When the request was sent, on the monotonic clock.
        sent: Duration,
        /// What is stored.
        stored: Stored,
    },
    /// The sign-in brought no session: the backend refused it, or it was never sent.
    SignInRefused {
        /// Which attempt this was.
        attempt: SignInId,
        /// What is stored.
        stored: Stored,
    },
    /// Nobody knows what came of the sign-in: its answer was lost. The backend may have opened a session.
    SignInLost {
        /// Which attempt this was.
        attempt: SignInId,
        /// What is stored.
        stored: Stored,
    },
    /// The person wants to sign out.
    SignOutRequested {
        /// What is stored.
        stored: Stored,
    },
    /// The user's own details were read from the backend.
    UserChanged {
        /// The user as the backend describes them now.
        user: Box<User>,
        /// What is stored.
        stored: Stored,
    },
    /// Somebody did something at the page. It matters only if [`RefreshPolicy::idle_limit`](super::RefreshPolicy) is set.
    Active,
    /// Somebody wants a fresh token although the present one may still be good.
    RefreshRequested,
    /// The API has accepted a request that carried this token. Only the first one after a sign-in matters:
    /// [`SessionMachine::awaits_proof`](super::SessionMachine::awaits_proof).
    AccessTokenAccepted(TokenId),
    /// The API answered 401 to a request that carried this token.
    AccessTokenRejected(TokenId),
    /// The API answered 409 to a request that named this session: the browser holds cookies of another one.
    AnotherSession {
        /// The session that the request named.
        session: SessionId,
        /// What is stored.
        stored: Stored,
    },
    /// The refresh lock is held by this page.
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
        /// Nothing is left to revoke: the server has ended the session, or it had ended before.
        done: bool,
        /// What is stored.
        stored: Stored,
    },
    /// The server was asked which sessions the browser holds.
    SessionsListed {
        /// Which question this answers.
        ticket: Ticket,
        /// The answer.
        outcome: SessionsOutcome,
        /// When the question was sent, on the monotonic clock.
        sent: Duration,
        /// What is stored.
        stored: Stored,
    },
    /// The record could not be written.
    StoreFailed,
}

/// Something to do. The machine never waits for it: what comes of it is an [`Event`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum Effect {
    /// Try to take the refresh lock, without waiting: [`Event::LockGranted`] or [`Event::LockBusy`].
    TryLock,
    /// Take the refresh lock from its holder: [`Event::LockGranted`] or [`Event::LockBusy`].
    StealLock,
    /// Release the refresh lock.
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
        /// The session to name, if its cookies are named after it.
        session: Option<SessionId>,
    },
    /// Give up a refresh request. No event is owed.
    AbortRefresh(Ticket),
    /// Have the server end a session: [`Event::RevokeFinished`]. [`Revocation::Cookie`] only under the lock, and only if
    /// the machine [is to revoke it](super::SessionMachine::is_to_revoke) still once that is held.
    SendRevoke(Revocation),
    /// Ask the server which sessions the browser holds: always answered by [`Event::SessionsListed`].
    AskSessions(Ticket),
    /// Find out whether the network can be reached, by any request that changes nothing: always answered by
    /// [`Event::ProbeFinished`].
    ProbeNetwork(Ticket),
}

/// Names one request of one machine.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Notice {
    /// The generation that was written.
    pub generation: Generation,
    /// Set when it is a sign-out.
    pub reason: Option<SignOutReason>,
}

/// What a sign-in or a refresh brought. Times are the server's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IssuedTokens {
    /// The tokens, or which cookies hold them.
    pub credentials: Credentials,
    /// When the access token was issued, if the backend says so.
    pub access_issued_at: Option<Timestamp>,
    /// When the access token expires, if the backend says so.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires, if the backend says so.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends for good, if the backend says so.
    pub session_ends_at: Option<Timestamp>,
}

/// How a refresh request ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RefreshOutcome {
    /// With new tokens.
    Granted(Box<IssuedTokens>),
    /// With the word that the session still lives, where there is no refresh token to trade.
    Confirmed,
    /// With the token endpoint's refusal (400 or 401): the session has ended.
    Refused,
    /// With 409: the browser holds cookies of another session, not of the one that was named.
    AnotherSession,
    /// With anything else, which says nothing about the session.
    Failed {
        /// What went wrong.
        cause: Degradation,
        /// How long the server asks not to be called (`Retry-After`).
        retry_after: Option<Duration>,
    },
}
