//! Telling the server of sessions that were ended here, now or when it can be reached again.

use std::time::Duration;

use super::SessionMachine;
use crate::event::Effect;
use crate::record::{Revocation, Stored};
use crate::time::Now;

/// More are not remembered: the oldest would have expired long before.
const MAX_PENDING: usize = 8;

/// How long to wait after a revocation that did not get through.
const RETRY_AFTER: Duration = Duration::from_secs(31);

/// How soon to look at what is stored, where that has to be done first.
const READ_AFTER: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub(super) enum RevocationPhase {
    Idle,
    /// `ours` when this tab is the one to tell the server; the others only step in for a tab that is gone.
    Waiting {
        until: Duration,
        ours: bool,
    },
    Sending,
}

impl RevocationPhase {
    /// Something has changed for the better: what waits may be tried now.
    pub(super) fn wake(&mut self) {
        if let Self::Waiting { ours: true, .. } = self {
            *self = Self::Idle;
        }
    }
}

impl SessionMachine {
    /// Remembers a session to revoke. The caller stores the record.
    pub(super) fn revoke_later(&mut self, revocation: Revocation) {
        if !self.record.revocations.contains(&revocation) {
            self.record.revocations.push(revocation);
        }
        let excess = self.record.revocations.len().saturating_sub(MAX_PENDING);
        self.record.revocations.drain(..excess);
        if !matches!(self.revocation, RevocationPhase::Sending) {
            self.revocation = RevocationPhase::Idle;
        }
    }

    /// Takes over what other tabs have left to revoke. A page that starts may be the only one there is.
    pub(super) fn take_revocations(&mut self, revocations: Vec<Revocation>, now: Now) {
        if !revocations.is_empty() && matches!(self.revocation, RevocationPhase::Idle) {
            let starting = self.last_now.is_none();
            let until = if starting { now.monotonic } else { now.monotonic + RETRY_AFTER };
            self.revocation = RevocationPhase::Waiting { until, ours: starting };
        }
        self.record.revocations = revocations;
    }

    pub(super) fn advance_revocation(&mut self, now: Now) {
        if let RevocationPhase::Waiting { until, .. } = self.revocation
            && until <= now.monotonic
        {
            self.revocation = RevocationPhase::Idle;
        }
        if let (RevocationPhase::Idle, true, Some(next)) =
            (&self.revocation, self.online, self.record.revocations.first())
        {
            if *next == Revocation::Cookie && !self.has_read {
                // The cookies may be those of a new sign-in, in a tab of which nothing has been heard yet.
                self.revocation = RevocationPhase::Waiting { until: now.monotonic + READ_AFTER, ours: true };
                return;
            }
            self.effects.push_back(Effect::SendRevoke(next.clone()));
            self.revocation = RevocationPhase::Sending;
        }
    }

    pub(super) fn revocation_wake(&self) -> Option<Duration> {
        match self.revocation {
            RevocationPhase::Waiting { until, .. } if self.online && !self.record.revocations.is_empty() => Some(until),
            _ => None,
        }
    }

    /// Whether the server is still to be told of this: a revocation that had to wait for its turn is asked for once more.
    #[must_use]
    pub fn is_to_revoke(&self, revocation: &Revocation) -> bool {
        self.record.revocations.contains(revocation)
    }

    pub(super) fn revoke_finished(&mut self, revocation: Revocation, done: bool, stored: Stored, now: Now) {
        self.merge(stored, now);
        self.revocation = RevocationPhase::Idle;
        if !done {
            self.revocation = RevocationPhase::Waiting { until: now.monotonic + RETRY_AFTER, ours: true };
        } else if self.record.revocations.contains(&revocation) {
            self.record.revocations.retain(|pending| *pending != revocation);
            self.store();
        }
    }
}
