//! The beginning and the end of a session.

use std::time::Duration;

use super::SessionMachine;
use crate::credentials::CredentialKind;
use crate::event::IssuedTokens;
use crate::pending_sign_in::SignInId;
use crate::record::{RecordStatus, Stored, StoredSession};
use crate::skew::ClockEstimate;
use crate::state::{Connection, SignOutReason};
use crate::time::{Now, Timestamp};
use crate::user::User;

impl SessionMachine {
    pub(super) fn signed_in(
        &mut self,
        attempt: &SignInId,
        user: User,
        tokens: IssuedTokens,
        sent: Duration,
        stored: Stored,
        now: Now,
    ) {
        self.merge(stored, now);
        if !self.claim(attempt, &tokens.credentials) {
            return;
        }
        if let Some(former) = self.record.session().map(StoredSession::revocation) {
            self.revoke_later(former);
        }
        let session = self.stored_session(user, tokens, sent, now);
        // Cookies with fixed names have replaced the old ones, and some backends hand out the same token again: nothing is
        // left to revoke with.
        let own = session.revocation();
        self.record.revocations.retain(|revocation| *revocation != own);
        let paused_until = now.monotonic + self.spacing_of(&session);
        self.record.active_at = None;
        self.unproven_token = (self.kind != CredentialKind::Bearer).then(|| session.token_id());
        self.install(session, paused_until, now);
        self.note_activity(now);
    }

    pub(super) fn sign_out(&mut self, stored: Stored, now: Now) {
        self.merge(stored, now);
        if let Some(revocation) = self.record.session().map(StoredSession::revocation) {
            self.revoke_later(revocation);
            self.cancel_pending_sign_ins();
            self.end_session(SignOutReason::SignedOut);
        }
    }

    pub(super) fn change_user(&mut self, user: User, stored: Stored, now: Now) {
        self.merge(stored, now);
        if let RecordStatus::SignedIn(session) = &mut self.record.status
            && session.user.id == user.id
            && session.user != user
        {
            session.user = user;
            self.share_change();
        }
    }

    pub(super) fn stored_session(&self, user: User, tokens: IssuedTokens, sent: Duration, now: Now) -> StoredSession {
        let unskewed = ClockEstimate::unmeasured(now);
        let (issued_at, clock) = match tokens.access_issued_at {
            Some(issued_at) => (issued_at, self.estimate(sent, issued_at, now)),
            None => (unskewed.to_server(now.wall), unskewed),
        };
        StoredSession {
            user,
            credentials: tokens.credentials,
            access_issued_at: issued_at,
            access_expires_at: tokens.access_expires_at,
            refresh_expires_at: tokens.refresh_expires_at,
            refresh_end_is_fixed: false,
            session_ends_at: tokens.session_ends_at,
            signed_in_at: Some(issued_at),
            clock,
        }
    }

    /// How long to wait after a token was issued before it may be refreshed: longer for one that is no good.
    pub(super) fn spacing_of(&self, session: &StoredSession) -> Duration {
        let lives = session.access_expires_at.is_none_or(|end| end > session.access_issued_at);
        if lives { self.policy.refresh_spacing } else { self.policy.retry_spacing }
    }

    /// Makes `session` the shared one, and does not refresh it before `paused_until`.
    pub(super) fn install(&mut self, session: StoredSession, paused_until: Duration, now: Now) {
        self.record.status = RecordStatus::SignedIn(Box::new(session));
        self.unusable_token = None;
        self.refused_token = None;
        self.refresh_requested = None;
        self.confirmed_until = Duration::ZERO;
        self.ended_elsewhere = false;
        self.connection = Connection::Good;
        self.jitter_until = Duration::ZERO;
        self.pause_refreshes_until(paused_until, now);
        self.trust_own_clock(now);
        self.share_change();
    }

    /// Ends the session for every tab.
    pub(super) fn end_session(&mut self, reason: SignOutReason) {
        self.ended = self.record.session().map(StoredSession::key);
        self.record.generation = self.record.generation.next();
        self.record.status = RecordStatus::SignedOut(reason);
        self.record.refresh_pause = None;
        self.record.active_at = None;
        self.ended_elsewhere = false;
        self.paused_until = Duration::ZERO;
        self.jitter_until = Duration::ZERO;
        self.connection = Connection::Good;
        self.store();
        self.broadcast(Some(reason));
    }

    /// A session that has certainly reached its absolute end needs no answer from the server to be over.
    pub(super) fn end_session_when_due(&mut self, now: Now) {
        let over = |session: &StoredSession| {
            session.session_ends_at.is_some_and(|end| end <= self.server_earliest(session, now))
        };
        if self.clock_is_proven() && self.record.session().is_some_and(over) {
            self.end_session(SignOutReason::AbsoluteEnd);
        }
    }

    pub(super) fn next_session_end(&self, now: Now) -> Option<Duration> {
        let session = self.record.session()?;
        let end = session.session_ends_at?;
        let left = end.duration_since(self.server_earliest(session, now));
        self.clock_is_proven().then(|| now.monotonic + left)
    }

    /// The absolute end on the local clock; `None` while nobody knows how that compares to the server's.
    pub(super) fn absolute_end(&self) -> Option<Timestamp> {
        let session = self.record.session()?;
        let is_known = session.clock.is_sure() && !self.is_unusable(session);
        session.session_ends_at.filter(|_| is_known).map(|end| session.clock.to_local(end))
    }
}
