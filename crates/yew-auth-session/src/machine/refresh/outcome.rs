//! What follows from the answer to a refresh.

use std::time::Duration;

use crate::event::IssuedTokens;
use crate::machine::SessionMachine;
use crate::policy::Freshness;
use crate::record::{RecordStatus, Revocation, StoredSession};
use crate::rule::Rule;
use crate::state::{Connection, Degradation, SignOutReason};
use crate::time::Now;

impl SessionMachine {
    pub(super) fn commit_refresh(&mut self, tokens: IssuedTokens, sent: Duration, paused_before: Duration, now: Now) {
        let Some(session) = self.record.session() else { return };
        if session.credentials.session() != tokens.credentials.session() {
            return self.refresh_failed(Degradation::BadAnswer, None, now);
        }
        let user = session.user.clone();
        let (signed_in_at, ends_at) = (session.signed_in_at, session.session_ends_at);
        // A backend that does not rotate says nothing about a refresh token that stays (RFC 6749 section 6).
        let kept =
            session.credentials.refresh_token().filter(|token| tokens.credentials.refresh_token() == Some(token));
        let kept_until = kept.and(session.refresh_expires_at);
        let former_end = session.refresh_expires_at;
        let mut renewed = self.stored_session(user, tokens, sent, now);
        renewed.signed_in_at = signed_in_at;
        renewed.session_ends_at = renewed.session_ends_at.or(ends_at);
        renewed.refresh_expires_at = renewed.refresh_expires_at.or(kept_until);
        renewed.refresh_end_is_fixed = renewed.refresh_expires_at.is_some() && renewed.refresh_expires_at <= former_end;
        let peer_pause = self.peer_pause(sent);
        let paused_until = peer_pause.max(paused_before).max(now.monotonic + self.spacing_of(&renewed));
        self.install(renewed, paused_until, now);
    }

    /// Until when another tab has paused the refreshes since ours was sent: it has taken us for gone. While its request with
    /// the same token may be on its way, the token's successor must not be used. It may also have heard a `Retry-After`.
    fn peer_pause(&self, sent: Duration) -> Duration {
        if self.paused_until > sent + self.policy.retry_spacing { self.paused_until } else { Duration::ZERO }
    }

    /// The session lives on with the token that it has. What refused the token had a reason of its own: the API, or a clock
    /// by which the token is over.
    pub(super) fn confirm(&mut self, sent: Duration, now: Now) {
        self.unusable_token = None;
        self.refused_token = None;
        self.refresh_requested = None;
        self.connection = Connection::Good;
        self.jitter_until = Duration::ZERO;
        self.confirmed_until = now.monotonic + self.policy.refresh_spacing;
        self.pause_refreshes_until(self.peer_pause(sent).max(self.confirmed_until), now);
        let is_over = |session: &StoredSession| self.freshness(session, now) == Freshness::Expired;
        let clock_is_wrong = self.record.session().is_some_and(is_over);
        match &mut self.record.status {
            RecordStatus::SignedIn(session) if clock_is_wrong => {
                session.use_until_refused();
                self.share_change();
            }
            _ => self.store(),
        }
    }

    /// An answer that came too late. If the session is over, its successor must not outlive it.
    pub(super) fn discard(&mut self, tokens: IssuedTokens, presented: &StoredSession) {
        let lives_on = match &self.record.status {
            RecordStatus::SignedIn(session) => session.key() == presented.key(),
            // The newer release goes on with it.
            RecordStatus::SignedOut(reason) => *reason == SignOutReason::NewerRelease,
            RecordStatus::Empty => false,
        };
        if let Some(token) = tokens.credentials.refresh_token().filter(|_| !lives_on) {
            self.revoke_later(Revocation::Token(token.clone()));
            self.share_change();
        }
    }

    pub(in crate::machine) fn refuse(&mut self, now: Now) {
        let Some(session) = self.record.session() else { return };
        let server_now = self.probable_server_time(session, now);
        let reason = if self.has_never_worked(session) {
            SignOutReason::CookiesNotKept
        } else if session.session_ends_at.is_some_and(|end| end <= server_now) {
            SignOutReason::AbsoluteEnd
        } else if session.refresh_expires_at.is_some_and(|end| end <= server_now) {
            SignOutReason::Expired
        } else {
            SignOutReason::Revoked
        };
        self.end_session(reason);
    }

    /// Sending has already paused the refreshes, which keeps the tries apart. The server may ask for a longer pause.
    pub(super) fn refresh_failed(&mut self, cause: Degradation, retry_after: Option<Duration>, now: Now) {
        if !self.keeps(Rule::TransientIsNotFinal) {
            return self.end_session(SignOutReason::Revoked);
        }
        self.connection = Connection::Degraded(cause);
        self.note_failure(cause, now);
        self.honour_retry_after(retry_after.unwrap_or_default(), now);
        self.jitter_until = self.paused_until.max(now.monotonic) + self.jitter.up_to(self.policy.retry_jitter);
    }

    /// The other tabs are told at once, because they read the pause off a clock that may jump.
    pub(super) fn honour_retry_after(&mut self, wait: Duration, now: Now) {
        if wait.is_zero() || !self.keeps(Rule::RetryAfter) {
            return;
        }
        let until = now.monotonic + wait.min(self.policy.retry_after_cap);
        self.pause_refreshes_until(self.paused_until.max(until), now);
        self.store();
        self.broadcast(None);
    }
}
