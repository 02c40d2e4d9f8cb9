//! Telling the server about sessions that were ended here: now, or when it can be reached again.

use std::time::Duration;

use super::timers::Timer;
use super::{READ_AFTER, SessionMachine};
use crate::credentials::CredentialKind;
use crate::event::Effect;
use crate::record::{Revocation, Stored};
use crate::time::Now;

/// More are not remembered: the oldest would have expired long before.
const MAX_PENDING: usize = 8;

/// How long to wait after a revocation that did not get through.
const RETRY_AFTER: Duration = Duration::from_secs(31);

/// Where this tab stands with the revocations of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum RevocationPhase {
    /// The next one may be sent at once.
    Idle,
    /// [`Timer::Revocation`] runs. `ours` when this tab is the one to tell the server; the others only step in for a
    /// tab that is gone.
    Waiting { ours: bool },
    /// One was sent; its answer is awaited.
    OnItsWay,
}

impl SessionMachine {
    /// Remembers a session to revoke. The caller stores the record.
    pub(super) fn revoke_later(&mut self, revocation: Revocation) {
        if !self.record.revocations.contains(&revocation) {
            self.record.revocations.push(revocation);
        }
        let excess = self.record.revocations.len().saturating_sub(MAX_PENDING);
        self.record.revocations.drain(..excess);
        if self.revocation != RevocationPhase::OnItsWay {
            self.stop_waiting_to_revoke();
        }
    }

    /// Adopts what other tabs have left to revoke. A page that starts may be the only one there is. What this tab is to
    /// revoke itself, and cannot yet, stays its own.
    pub(super) fn adopt_revocations(&mut self, revocations: Vec<Revocation>, now: Now) {
        let has_news = revocations.iter().any(|revocation| !self.is_to_revoke(revocation));
        if has_news && self.revocation == RevocationPhase::Idle {
            let starting = self.last_now.is_none();
            self.wait_to_revoke(if starting { Duration::ZERO } else { RETRY_AFTER }, starting, now);
        }
        self.record.revocations = revocations;
    }

    /// Conditions have improved: what waits may be tried now.
    pub(super) fn hasten_revocation(&mut self) {
        if self.revocation == (RevocationPhase::Waiting { ours: true }) {
            self.stop_waiting_to_revoke();
        }
    }

    pub(super) fn advance_revocation(&mut self, now: Now) {
        let is_waiting = matches!(self.revocation, RevocationPhase::Waiting { .. });
        if is_waiting
            && (self.record.revocations.is_empty() || self.timers.take_expired(Timer::Revocation, now.monotonic))
        {
            self.stop_waiting_to_revoke();
        }
        if self.revocation != RevocationPhase::Idle || !self.network.is_online() {
            return;
        }
        // Cookies that are named after their session are revoked by that name.
        let can_be_sent =
            |revocation: &&Revocation| **revocation != Revocation::Cookie || self.kind != CredentialKind::SessionCookie;
        let Some(next) = self.record.revocations.iter().find(can_be_sent).cloned() else { return };
        if next == Revocation::Cookie && !self.has_read {
            // The cookies may belong to a new sign-in, in a tab of which nothing has been heard yet.
            return self.wait_to_revoke(READ_AFTER, true, now);
        }
        self.effects.push_back(Effect::SendRevoke(next));
        self.revocation = RevocationPhase::OnItsWay;
    }

    /// Whether the server is still to be told of this. A revocation that had to wait for the lock asks once more.
    #[must_use]
    pub fn is_to_revoke(&self, revocation: &Revocation) -> bool {
        self.record.revocations.contains(revocation)
    }

    pub(super) fn revoke_finished(&mut self, revocation: Revocation, done: bool, stored: Stored, now: Now) {
        self.merge(stored, now);
        self.stop_waiting_to_revoke();
        if !done {
            self.wait_to_revoke(RETRY_AFTER, true, now);
        } else if self.record.revocations.contains(&revocation) {
            self.record.revocations.retain(|pending| *pending != revocation);
            self.share_change();
        }
    }

    fn stop_waiting_to_revoke(&mut self) {
        self.revocation = RevocationPhase::Idle;
        self.timers.stop(Timer::Revocation);
    }

    fn wait_to_revoke(&mut self, wait: Duration, ours: bool, now: Now) {
        self.revocation = RevocationPhase::Waiting { ours };
        self.timers.start(Timer::Revocation, now.monotonic + wait);
    }
}
