//! The refresh cycle: due, lock, read again, send, commit.

use std::time::Duration;

use super::SessionMachine;
use super::timers::Timer;
use crate::contention::Contention;
use crate::event::{Effect, IssuedTokens, LeaseId, RefreshOutcome, Ticket};
use crate::policy::Freshness;
use crate::record::{RecordStatus, Revocation, Stored, StoredSession};
use crate::rule::Rule;
use crate::state::{Connection, Degradation, Persistence, SignOutReason};
use crate::time::Now;

/// Where the refresh cycle stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    /// No refresh is under way in this tab.
    Idle,
    /// The lock was asked for.
    Locking(Option<Contention>),
    /// Another tab holds the lock; [`Timer::LockRetry`] runs.
    Contended(Contention),
    /// The request was sent; [`Timer::RefreshResponse`] runs.
    Refreshing {
        ticket: Ticket,
        presented: Box<StoredSession>,
        sent: Duration,
        /// Until when an earlier request with the same token may be on its way.
        paused_before: Duration,
    },
}

impl Phase {
    pub(super) fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }
}

impl SessionMachine {
    /// Begins what has become due, and gives up what has taken too long.
    pub(super) fn advance_refresh(&mut self, now: Now) {
        self.timers.take_expired(Timer::PeerResponse, now.monotonic);
        match &self.phase {
            Phase::Locking(_) => {}
            Phase::Idle => {
                if self.refresh_is_due(now) && self.may_send(now) {
                    self.begin_refresh(now);
                }
            }
            Phase::Contended(contention) => {
                if !self.refresh_is_due(now) || !self.network.is_online() {
                    self.timers.stop(Timer::LockRetry);
                    self.phase = Phase::Idle;
                } else if self.timers.take_expired(Timer::LockRetry, now.monotonic) {
                    self.phase = Phase::Locking(Some(contention.clone()));
                    self.effects.push_back(Effect::TryLock);
                }
            }
            Phase::Refreshing { .. } => self.give_up_overdue_refresh(now),
        }
    }

    /// Aborts the refresh if it has had no answer for too long.
    pub(super) fn give_up_overdue_refresh(&mut self, now: Now) {
        if let Phase::Refreshing { ticket, .. } = self.phase
            && self.timers.take_expired(Timer::RefreshResponse, now.monotonic)
        {
            self.effects.push_back(Effect::AbortRefresh(ticket));
            self.effects.push_back(Effect::ReleaseLock);
            self.phase = Phase::Idle;
            self.refresh_failed(Degradation::TimedOut, None, now);
        }
    }

    /// When the next refresh is due and allowed, on the monotonic clock.
    pub(super) fn next_refresh(&self, now: Now) -> Option<Duration> {
        let session = self.record.session()?;
        if !self.network.is_online() || !self.phase.is_idle() || self.awaits_discovery() {
            return None;
        }
        let due_in = match self.refresh_at(session, now) {
            _ if self.refresh_is_due(now) => Duration::ZERO,
            None => return None,
            Some(refresh_at) => refresh_at.duration_since(self.server_latest(session, now)),
        };
        let paused_until = if self.tries_early(now) { Duration::ZERO } else { self.paused_until };
        Some((now.monotonic + due_in).max(paused_until).max(self.jitter_until))
    }

    /// A page that starts with an expired token has nothing to show until there is another. It does not wait for the answer
    /// to a refresh that some page has sent: where the lock is free, that page is gone or has given up. To present the same
    /// token again brings the same successor, which is then left alone until the pause is over.
    fn tries_early(&self, now: Now) -> bool {
        let is_expired = |session| self.freshness(session, now) == Freshness::Expired;
        self.may_try_early && self.record.session().is_some_and(is_expired)
    }

    /// Whether the session's token is to be renewed now: it has come near its end, or somebody wants another one.
    fn refresh_is_due(&self, now: Now) -> bool {
        let Some(session) = self.record.session().filter(|_| !self.awaits_discovery()) else { return false };
        let requested = self.refresh_requested.as_ref().is_some_and(|token| *token == session.token_id());
        requested || self.is_refused(session) || self.freshness(session, now) != Freshness::Fresh
    }

    /// A session that no other tab knows of needs no lock.
    fn begin_refresh(&mut self, now: Now) {
        if self.persistence == Persistence::MemoryOnly || !self.keeps(Rule::Lock) {
            self.send_refresh(now);
        } else {
            self.phase = Phase::Locking(None);
            self.effects.push_back(Effect::TryLock);
        }
    }

    fn counts_as_gone(&self, contention: &Contention, now: Now) -> bool {
        let old = contention.is_with_a_holder_that_is_gone(&self.policy, now.monotonic);
        (old || !self.keeps(Rule::StealNeedsOldLease)) && self.keeps(Rule::Steal)
    }

    /// Whether a refresh that is due may be sent: the browser is online, and no pause lasts.
    fn may_send(&self, now: Now) -> bool {
        let is_paused = self.paused_until > now.monotonic && !self.tries_early(now);
        self.network.is_online() && !is_paused && self.jitter_until <= now.monotonic
    }

    /// Inside the lock the record is read again: another tab may have refreshed, or tried to.
    pub(super) fn lock_granted(&mut self, stored: Stored, now: Now) {
        if self.keeps(Rule::ReadAgainUnderLock) {
            self.merge(stored, now);
        }
        if !matches!(self.phase, Phase::Locking(_)) {
            self.effects.push_back(Effect::ReleaseLock);
        } else if self.refresh_is_due(now) && self.may_send(now) {
            self.send_refresh(now);
        } else {
            self.phase = Phase::Idle;
            self.effects.push_back(Effect::ReleaseLock);
        }
    }

    fn send_refresh(&mut self, now: Now) {
        let Some(session) = self.record.session() else { return };
        let presented = Box::new(session.clone());
        let token = session.credentials.refresh_token().cloned();
        let session = session.credentials.session().cloned();
        let ticket = self.next_ticket();
        let paused_before = self.paused_until;
        self.may_try_early = false;
        self.phase = Phase::Refreshing { ticket, presented, sent: now.monotonic, paused_before };
        self.timers.start(Timer::RefreshResponse, now.monotonic + self.policy.request_timeout);
        if self.keeps(Rule::Spacing) {
            self.pause_for_sending(now);
        }
        self.store();
        self.effects.push_back(Effect::SendRefresh { ticket, token, session });
    }

    /// A lock is stolen only when its holder has just been seen in it again: it may have changed hands meanwhile.
    pub(super) fn lock_busy(&mut self, holder: Option<LeaseId>, now: Now) {
        let Phase::Locking(before) = &mut self.phase else { return };
        let contention = Contention::seen(before.take(), holder, now.monotonic);
        if self.counts_as_gone(&contention, now) {
            self.phase = Phase::Locking(None);
            self.effects.push_back(Effect::StealLock);
            return;
        }
        self.phase = Phase::Contended(contention);
        let retry = self.policy.lock_retry + self.jitter.up_to(self.policy.lock_retry);
        self.timers.start(Timer::LockRetry, now.monotonic + retry);
    }

    pub(super) fn refresh_finished(&mut self, ticket: Ticket, outcome: RefreshOutcome, stored: Stored, now: Now) {
        if !matches!(self.phase, Phase::Refreshing { ticket: current, .. } if current == ticket) {
            return;
        }
        let Phase::Refreshing { presented, sent, paused_before, .. } = std::mem::replace(&mut self.phase, Phase::Idle)
        else {
            return;
        };
        self.timers.stop(Timer::RefreshResponse);
        self.merge(stored, now);
        // Otherwise what was presented is no longer the session: it was signed out, or another tab has moved it on.
        let is_current =
            self.token_id().is_some_and(|token| token == presented.token_id()) || !self.keeps(Rule::CommitGuard);
        match outcome {
            RefreshOutcome::Granted(tokens) if is_current => self.commit_refresh(*tokens, sent, paused_before, now),
            RefreshOutcome::Granted(tokens) => self.discard(*tokens),
            RefreshOutcome::Failed { retry_after: Some(wait), .. } if !is_current => {
                // The pause is for every refresh of this user, whichever token this one has presented. An answer that a
                // frozen page hears late is no longer news.
                let is_news = now.monotonic <= sent + self.policy.request_timeout;
                if is_news && self.record.session().is_some_and(|session| session.user.id == presented.user.id) {
                    self.honour_retry_after(wait, now);
                }
            }
            _ if !is_current => {}
            RefreshOutcome::Confirmed => self.confirm(now),
            RefreshOutcome::Refused => self.refuse(now),
            RefreshOutcome::AnotherSession => {
                if let Some(session) = presented.credentials.session() {
                    self.note_conflict(session.clone());
                }
            }
            RefreshOutcome::Failed { cause, retry_after } => self.refresh_failed(cause, retry_after, now),
        }
        self.effects.push_back(Effect::ReleaseLock);
    }

    fn commit_refresh(&mut self, tokens: IssuedTokens, sent: Duration, paused_before: Duration, now: Now) {
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
        // Another tab has taken us for gone, and presented the same token after us. While its request may be on its
        // way, the token's successor must not be used.
        let others =
            if self.paused_until > sent + self.policy.retry_spacing { self.paused_until } else { Duration::ZERO };
        let paused_until = others.max(paused_before).max(now.monotonic + self.spacing_of(&renewed));
        self.install(renewed, paused_until, now);
    }

    /// The session lives on with the token that it has. What refused the token had a reason of its own.
    fn confirm(&mut self, now: Now) {
        self.unusable_token = None;
        self.refused_token = None;
        self.refresh_requested = None;
        self.connection = Connection::Good;
        self.jitter_until = Duration::ZERO;
        self.confirmed_until = now.monotonic + self.policy.refresh_spacing;
        self.pause_refreshes_until(self.confirmed_until, now);
        match &mut self.record.status {
            RecordStatus::SignedIn(session) if !session.clock.is_sure() && session.access_expires_at.is_some() => {
                session.use_until_refused();
                self.share_change();
            }
            _ => self.store(),
        }
    }

    /// An answer that came too late. If the session was signed out meanwhile, its successor must not outlive it.
    fn discard(&mut self, tokens: IssuedTokens) {
        if let (RecordStatus::SignedOut(_), Some(token)) = (&self.record.status, tokens.credentials.refresh_token()) {
            self.revoke_later(Revocation::Token(token.clone()));
            self.share_change();
        }
    }

    pub(super) fn refuse(&mut self, now: Now) {
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
    fn refresh_failed(&mut self, cause: Degradation, retry_after: Option<Duration>, now: Now) {
        if !self.keeps(Rule::TransientIsNotFinal) {
            return self.end_session(SignOutReason::Revoked);
        }
        self.connection = Connection::Degraded(cause);
        self.note_failure(cause, now);
        self.honour_retry_after(retry_after.unwrap_or_default(), now);
        self.jitter_until = self.paused_until.max(now.monotonic) + self.jitter.up_to(self.policy.retry_jitter);
    }

    /// The other tabs are told at once, because they read the pause off a clock that may jump.
    fn honour_retry_after(&mut self, wait: Duration, now: Now) {
        if wait.is_zero() || !self.keeps(Rule::RetryAfter) {
            return;
        }
        let until = now.monotonic + wait.min(self.policy.retry_after_cap);
        self.pause_refreshes_until(self.paused_until.max(until), now);
        self.store();
        self.broadcast(None);
    }
}
