//! The refresh cycle: due, lock, read again, send, commit.

mod outcome;

use std::time::Duration;

use super::SessionMachine;
use super::timers::Timer;
use crate::contention::Contention;
use crate::event::{Effect, LeaseId, RefreshOutcome, Ticket};
use crate::policy::Freshness;
use crate::record::{Stored, StoredSession};
use crate::rule::Rule;
use crate::state::{Degradation, Persistence};
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
        if let Phase::Refreshing { ticket, presented, .. } = &self.phase
            && self.timers.take_expired(Timer::RefreshResponse, now.monotonic)
        {
            let is_current = self.is_current(presented);
            self.effects.push_back(Effect::AbortRefresh(*ticket));
            self.effects.push_back(Effect::ReleaseLock);
            self.phase = Phase::Idle;
            if is_current {
                self.refresh_failed(Degradation::TimedOut, None, now);
            }
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
        let is_current = self.is_current(&presented) || !self.keeps(Rule::CommitGuard);
        match outcome {
            RefreshOutcome::Granted(tokens) if is_current => self.commit_refresh(*tokens, sent, paused_before, now),
            RefreshOutcome::Granted(tokens) => self.discard(*tokens, &presented),
            RefreshOutcome::Failed { retry_after: Some(wait), .. } if !is_current => {
                // The pause is for every refresh of this user, whichever token this one has presented. An answer that a
                // frozen page hears late is no longer news.
                let is_news = now.monotonic <= sent + self.policy.request_timeout;
                if is_news && self.record.session().is_some_and(|session| session.user.id == presented.user.id) {
                    self.honour_retry_after(wait, now);
                }
            }
            _ if !is_current => {}
            RefreshOutcome::Confirmed => self.confirm(sent, now),
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

    /// Whether what was presented is still the session. Otherwise it was signed out, or another tab has moved it on.
    fn is_current(&self, presented: &StoredSession) -> bool {
        self.token_id().is_some_and(|token| token == presented.token_id())
    }
}
