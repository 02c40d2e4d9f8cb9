//! The beginning and the end of a session.

use std::time::Duration;

use super::SessionMachine;
use crate::event::IssuedTokens;
use crate::record::{RecordStatus, Revocation, Stored, StoredSession};
use crate::skew::ClockEstimate;
use crate::state::{Connection, SignOutReason};
use crate::time::{Now, Timestamp};
use crate::user::User;

impl SessionMachine {
    pub(super) fn sign_in(&mut self, user: User, grant: IssuedTokens, sent: Duration, stored: Stored, now: Now) {
        self.merge(stored, now);
        if let Some(replaced) = self.present_revocation() {
            self.revoke_later(replaced);
        }
        // The new session's cookies have taken the place of the old ones: there is nothing left to revoke with.
        self.record.revocations.retain(|revocation| *revocation != Revocation::Cookie);
        let session = self.stored_session(user, grant, sent, now);
        self.record.active_at = None;
        self.install(session, Duration::ZERO, now);
        self.note_activity(now);
    }

    /// Cookies may be those of the session that was asked for, and of nobody else's that this page could show.
    pub(super) fn sign_in_lost(&mut self, stored: Stored, now: Now) {
        self.merge(stored, now);
        self.revoke_later(Revocation::Cookie);
        if self.record.session().is_some() {
            self.end_session(SignOutReason::SignedOut);
        } else {
            self.store();
        }
    }

    pub(super) fn sign_out(&mut self, stored: Stored, now: Now) {
        self.merge(stored, now);
        if let Some(revocation) = self.present_revocation() {
            self.revoke_later(revocation);
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
            self.record.generation = self.record.generation.next();
            self.store();
            self.broadcast(None);
        }
    }

    pub(super) fn stored_session(&self, user: User, grant: IssuedTokens, sent: Duration, now: Now) -> StoredSession {
        let unskewed = ClockEstimate::unmeasured(now);
        let (issued_at, clock) = match grant.access_issued_at {
            Some(issued_at) => (issued_at, self.estimate(sent, issued_at, now)),
            None => (unskewed.to_server(now.wall), unskewed),
        };
        StoredSession {
            user,
            credentials: grant.credentials,
            access_issued_at: issued_at,
            access_expires_at: grant.access_expires_at,
            refresh_expires_at: grant.refresh_expires_at,
            session_ends_at: grant.session_ends_at,
            signed_in_at: Some(issued_at),
            clock,
        }
    }

    /// Makes `session` the shared one, and does not refresh it before `pause`.
    pub(super) fn install(&mut self, session: StoredSession, pause: Duration, now: Now) {
        let lives = session.access_expires_at.is_some_and(|end| end > session.access_issued_at);
        let spacing = if lives { self.policy.refresh_spacing } else { self.policy.retry_spacing };
        self.record.generation = self.record.generation.next();
        self.record.status = RecordStatus::SignedIn(Box::new(session));
        self.unusable_token = None;
        self.refresh_requested = None;
        self.ended_elsewhere = false;
        self.connection = Connection::Good;
        self.jitter_until = Duration::ZERO;
        self.pause_refreshes_until(pause.max(now.monotonic + spacing), now);
        self.trust_own_clock(now);
        self.store();
        self.broadcast(None);
    }

    /// Ends the session for every tab.
    pub(super) fn end_session(&mut self, reason: SignOutReason) {
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

    /// A session that has surely reached its absolute end needs no answer from the server to be over.
    pub(super) fn end_session_when_due(&mut self, now: Now) {
        let over = |session: &StoredSession| {
            session.session_ends_at.is_some_and(|end| end <= session.clock.server_earliest(now.wall))
        };
        if self.clock_is_proven() && self.record.session().is_some_and(over) {
            self.end_session(SignOutReason::AbsoluteEnd);
        }
    }

    pub(super) fn next_session_end(&self, now: Now) -> Option<Duration> {
        let session = self.record.session()?;
        let end = session.session_ends_at?;
        let left = end.duration_since(session.clock.server_earliest(now.wall));
        self.clock_is_proven().then(|| now.monotonic + left)
    }

    /// The absolute end on our own clock; `None` while nobody knows how that stands against the server's.
    pub(super) fn absolute_end(&self) -> Option<Timestamp> {
        let session = self.record.session()?;
        let is_known = session.clock.is_sure() && !self.is_unusable(session);
        session.session_ends_at.filter(|_| is_known).map(|end| session.clock.to_local(end))
    }

    pub(super) fn present_revocation(&self) -> Option<Revocation> {
        let session = self.record.session()?;
        Some(match session.credentials.refresh_token() {
            Some(token) => Revocation::Token(token.clone()),
            None => Revocation::Cookie,
        })
    }
}
