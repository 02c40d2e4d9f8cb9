//! Sign-ins under way: a session that the server has opened is either shown or revoked, wherever its tab died.

use std::time::Duration;

use super::SessionMachine;
use crate::credentials::{CredentialKind, Credentials};
use crate::pending_sign_in::{PendingSignIn, SignInId};
use crate::record::{RecordStatus, Revocation, Stored};
use crate::rule::Rule;
use crate::state::SignOutReason;
use crate::time::Now;

/// More are not remembered: a person tries again and again, and the newest attempts count.
const MAX_PENDING: usize = 8;

impl SessionMachine {
    /// Marks the sign-in before it is sent. Only cookies outlive the page that has asked for them.
    pub(super) fn sign_in_started(&mut self, attempt: SignInId, stored: Stored, now: Now) {
        self.merge(stored, now);
        if self.kind == CredentialKind::SessionCookie && self.keeps(Rule::SignInMark) {
            let pending = &mut self.record.pending_sign_ins;
            pending.push(PendingSignIn { attempt, cancelled: false });
            let excess = pending.len().saturating_sub(MAX_PENDING);
            pending.drain(..excess);
            self.share_change();
        }
    }

    pub(super) fn sign_in_refused(&mut self, attempt: &SignInId, stored: Stored, now: Now) {
        self.merge(stored, now);
        if self.take_pending(attempt).is_some() {
            self.share_change();
        }
    }

    /// The backend may have opened a session. Cookies with fixed names may now belong to it, and to nobody whom this
    /// page could show. Cookies that are named after their session do not touch the former one: the mark stays, and
    /// whoever still sees it after the lease asks which sessions there are.
    pub(super) fn sign_in_lost(&mut self, stored: Stored, now: Now) {
        self.merge(stored, now);
        if self.kind != CredentialKind::Cookie {
            return;
        }
        self.revoke_later(Revocation::Cookie);
        if self.record.session().is_some() {
            self.end_session(SignOutReason::SignedOut);
        } else {
            self.share_change();
        }
    }

    /// Whether the session of this attempt is to be shown; a session that is not is revoked. The mark may be gone: others
    /// have taken its page for dead, and have shown or revoked the session. Or somebody has signed out since.
    pub(super) fn claim(&mut self, attempt: &SignInId, credentials: &Credentials) -> bool {
        let Credentials::SessionCookie { session } = credentials else { return true };
        if !self.keeps(Rule::SignInMark) {
            return true;
        }
        let mark = self.take_pending(attempt);
        if self.session_id() == Some(session) {
            if mark.is_some() {
                self.share_change();
            }
            return false;
        }
        let may_show = mark.is_some_and(|mark| !mark.cancelled);
        if !may_show {
            self.revoke_later(Revocation::Session(session.clone()));
            self.share_change();
        }
        may_show
    }

    /// Whoever signs out, in whichever tab, does not want to be signed in by an answer that comes later.
    pub(super) fn cancel_pending_sign_ins(&mut self) {
        if !self.keeps(Rule::CancelSignIns) {
            return;
        }
        for mark in &mut self.record.pending_sign_ins {
            mark.cancelled = true;
        }
    }

    /// Remembers until when each mark is left alone, on the monotonic clock: for as long as the request and its answer
    /// may be on their way. The tabs do not all ask at once.
    pub(super) fn watch_pending_sign_ins(&mut self, now: Now) {
        let pending = &self.record.pending_sign_ins;
        self.sign_in_leases.retain(|(attempt, _)| pending.iter().any(|mark| mark.attempt == *attempt));
        for mark in pending {
            if self.sign_in_leases.iter().all(|(attempt, _)| *attempt != mark.attempt) {
                let lease = self.policy.sign_in_lease() + self.jitter.up_to(self.policy.retry_jitter);
                self.sign_in_leases.push((mark.attempt.clone(), now.monotonic + lease));
            }
        }
    }

    /// When the last sign-in under way has certainly been answered or lost.
    pub(super) fn pending_sign_ins_end(&self) -> Option<Duration> {
        self.sign_in_leases.iter().map(|(_, until)| *until).max()
    }

    pub(super) fn pending_sign_ins_are_over(&self, now: Now) -> bool {
        self.pending_sign_ins_end().is_some_and(|end| end <= now.monotonic)
    }

    /// Whether a session that is found, and of which nobody has heard, may be shown: when the record was lost, or when
    /// the last thing that somebody did here was to sign in. With two attempts nobody knows whose the session is.
    pub(super) fn may_take_up(&self, now: Now) -> bool {
        match (&self.record.status, self.record.pending_sign_ins.as_slice()) {
            (RecordStatus::SignedIn(_), _) => false,
            (RecordStatus::Empty, []) => self.discovery.at_start,
            (_, [mark]) => !mark.cancelled && (self.discovery.at_start || self.pending_sign_ins_are_over(now)),
            _ => false,
        }
    }

    fn take_pending(&mut self, attempt: &SignInId) -> Option<PendingSignIn> {
        let at = self.record.pending_sign_ins.iter().position(|mark| mark.attempt == *attempt)?;
        Some(self.record.pending_sign_ins.remove(at))
    }
}
