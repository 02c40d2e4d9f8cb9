//! Asking the server which sessions the browser holds, and what follows from the answer.

use std::time::Duration;

use super::SessionMachine;
use crate::credentials::{CredentialKind, Credentials};
use crate::event::{Effect, Ticket};
use crate::found_session::{FoundSession, SessionsOutcome};
use crate::generation::Generation;
use crate::policy::Freshness;
use crate::record::{RecordStatus, Revocation, Stored, StoredSession};
use crate::rule::Rule;
use crate::session_id::SessionId;
use crate::skew::ClockEstimate;
use crate::state::{Connection, Degradation, SignOutReason};
use crate::time::{Now, Timestamp};

/// After so many failures in a row the pauses between two questions do not grow any more.
const MAX_DOUBLINGS: u32 = 5;

/// What this tab has to ask the server about the browser's sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Discovery {
    /// This page has started without knowing of a session that may be there.
    pub(super) at_start: bool,
    /// The server has said that the browser does not hold this session, which the record shows.
    conflict: Option<SessionId>,
    /// The question that was asked, and what the record was then.
    asked: Option<(Ticket, Generation)>,
    /// No question before this, on the monotonic clock.
    paused_until: Duration,
    /// Not even a wake-up asks before this: the server's `Retry-After`.
    server_pause: Duration,
    /// How many questions in a row have had no answer, up to the number that the pauses grow by.
    failures: u32,
}

impl SessionMachine {
    /// A page has started. It asks when it has found no record, or a sign-in that was under way.
    pub(super) fn discover_at_start(&mut self) {
        let has_no_record = self.record.generation == Generation::default();
        let is_unknown = has_no_record || !self.record.pending_sign_ins.is_empty();
        self.discovery.at_start = is_unknown && self.record.session().is_none();
    }

    /// The browser does not hold the session that a request has named. If the record still shows it, somebody has to
    /// ask.
    pub(super) fn another_session(&mut self, session: SessionId, stored: Stored, now: Now) {
        self.merge(stored, now);
        self.note_conflict(session);
    }

    pub(super) fn note_conflict(&mut self, session: SessionId) {
        if self.session_id() == Some(&session) {
            self.discovery.conflict = Some(session);
        }
    }

    /// Nothing can be sent for the session that is shown until the server has said which sessions the browser holds.
    pub(super) fn awaits_discovery(&self) -> bool {
        self.kind == CredentialKind::SessionCookie
            && self.record.session().is_some_and(|session| match &session.credentials {
                Credentials::Bearer { .. } => false,
                Credentials::Cookie => true,
                Credentials::SessionCookie { session } => self.discovery.conflict.as_ref() == Some(session),
            })
    }

    /// Whether the answer is under way, or is about to be asked for.
    pub(super) fn discovery_is_under_way(&self, now: Now) -> bool {
        let soon = now.monotonic + self.policy.lock_retry;
        self.discovery.asked.is_some() || (self.may_be_online() && self.discovery.paused_until <= soon)
    }

    pub(super) fn advance_discovery(&mut self, now: Now) {
        self.watch_pending_sign_ins(now);
        // What comes later belongs to who has signed in or out here.
        self.discovery.at_start &=
            self.record.status == RecordStatus::Empty || !self.record.pending_sign_ins.is_empty();
        if self.next_question(now).is_some_and(|at| at <= now.monotonic) {
            let ticket = self.next_ticket();
            self.discovery.asked = Some((ticket, self.record.generation));
            self.effects.push_back(Effect::AskSessions(ticket));
        }
    }

    /// When the server is to be asked, on the monotonic clock.
    pub(super) fn next_question(&self, now: Now) -> Option<Duration> {
        if self.kind != CredentialKind::SessionCookie || !self.network.is_online() || self.discovery.asked.is_some() {
            return None;
        }
        let is_due = self.awaits_discovery() || self.may_take_up(now) || self.is_to_settle(now);
        let due = if is_due { Some(Duration::ZERO) } else { self.pending_sign_ins_end() };
        due.map(|due| due.max(self.discovery.paused_until))
    }

    /// Conditions have improved: a page that cannot go on without the answer asks again, unless the server has asked for
    /// a pause.
    pub(super) fn hasten_discovery(&mut self, now: Now) {
        if self.awaits_discovery() {
            let soon = now.monotonic + self.policy.lock_retry;
            self.discovery.paused_until = self.discovery.paused_until.min(soon).max(self.discovery.server_pause);
        }
    }

    pub(super) fn sessions_listed(
        &mut self,
        ticket: Ticket,
        outcome: SessionsOutcome,
        sent: Duration,
        stored: Stored,
        now: Now,
    ) {
        self.merge(stored, now);
        let Some((_, generation)) = self.discovery.asked.take_if(|(asked, _)| *asked == ticket) else { return };
        self.discovery.paused_until = now.monotonic + self.policy.lock_retry;
        match outcome {
            SessionsOutcome::Failed { cause, retry_after } => self.discovery_failed(cause, retry_after, now),
            // The answer is about a record that has changed meanwhile: it may be older than the change.
            SessionsOutcome::Found { .. } if generation != self.record.generation && self.keeps(Rule::FreshList) => {}
            SessionsOutcome::Found { sessions, server_time } => {
                self.resolve(sessions, server_time, sent, now);
            }
        }
    }

    fn discovery_failed(&mut self, cause: Degradation, retry_after: Option<Duration>, now: Now) {
        if self.awaits_discovery() {
            self.connection = Connection::Degraded(cause);
        }
        self.note_failure(cause, now);
        let asked_for = retry_after.unwrap_or_default().min(self.policy.retry_after_cap);
        self.discovery.server_pause = now.monotonic + asked_for;
        // Unlike a refresh, a question can do no harm when it is asked twice, and somebody may be waiting for a page.
        let backoff = (self.policy.lock_retry * (1 << self.discovery.failures)).min(self.policy.retry_spacing);
        self.discovery.failures = (self.discovery.failures + 1).min(MAX_DOUBLINGS);
        let jitter = self.jitter.up_to(self.policy.retry_jitter.min(backoff / 2));
        self.discovery.paused_until = now.monotonic + asked_for.max(backoff) + jitter;
    }

    /// The record is as it was when the question was asked, and these are the live sessions, the newest first.
    fn resolve(&mut self, mut found: Vec<FoundSession>, server_time: Option<Timestamp>, sent: Duration, now: Now) {
        self.discovery.failures = 0;
        found.retain(|found| !self.is_to_revoke(&Revocation::Session(found.session.clone())));
        let is_to_settle = self.is_to_settle(now);
        let to_take_up = if self.awaits_discovery() {
            self.connection = Connection::Good;
            self.successor(&found, now)
        } else if self.may_take_up(now) {
            found.first().cloned()
        } else {
            None
        };
        let was_unknown = std::mem::take(&mut self.discovery.at_start);
        self.discovery.conflict = None;
        match to_take_up {
            Some(session) => self.take_up(session, server_time, sent, now),
            // Another page need not ask again.
            None if was_unknown && self.record.status == RecordStatus::Empty => self.share_change(),
            None => {}
        }
        if is_to_settle {
            self.settle_unclaimed(&found);
        }
    }

    /// What to show instead of a session whose cookies the browser does not hold, or which has had no name so far.
    fn successor(&mut self, found: &[FoundSession], now: Now) -> Option<FoundSession> {
        let session = self.record.session()?;
        let newest = found.first();
        match session.credentials.session() {
            Some(id) if found.iter().any(|found| found.session == *id) => {
                // The server contradicts itself, unless the cookies have come meanwhile. It is not asked all the time.
                self.discovery.paused_until = now.monotonic + self.policy.retry_spacing;
                self.unproven_token = None;
                None
            }
            Some(_) if newest.is_none() && self.has_never_worked(session) => {
                self.end_session(SignOutReason::CookiesNotKept);
                None
            }
            Some(_) => {
                // With no other session there is no conflict any more: the next refresh tells what has become of it.
                self.unusable_token = self.token_id();
                newest.cloned()
            }
            None => {
                let same_person = found.iter().find(|found| found.user.id == session.user.id);
                if newest.is_none() {
                    self.refuse(now);
                }
                same_person.or(newest).cloned()
            }
        }
    }

    /// Shows a session that the server has described.
    fn take_up(&mut self, found: FoundSession, server_time: Option<Timestamp>, sent: Duration, now: Now) {
        let clock = match server_time {
            Some(server_time) => self.estimate(sent, server_time, now),
            None => ClockEstimate::unmeasured(now).doubted(),
        };
        let session = StoredSession {
            user: found.user,
            credentials: Credentials::SessionCookie { session: found.session },
            access_issued_at: found.access_issued_at.unwrap_or_default(),
            // Without its cookie there is no access token to use.
            access_expires_at: Some(found.access_expires_at.unwrap_or_default()),
            refresh_expires_at: found.refresh_expires_at,
            refresh_end_is_fixed: false,
            session_ends_at: found.session_ends_at,
            signed_in_at: found.signed_in_at,
            clock,
        };
        self.trust_own_clock(now);
        let is_fresh = self.freshness(&session, now) == Freshness::Fresh;
        let spacing = if is_fresh { self.policy.refresh_spacing } else { Duration::ZERO };
        self.record.active_at = None;
        self.install(session, now.monotonic + spacing, now);
        self.note_activity(now);
    }

    /// Every sign-in under way has been answered or lost: what is found and not shown belongs to nobody.
    fn settle_unclaimed(&mut self, found: &[FoundSession]) {
        let shown = self.session_id().cloned();
        for found in found.iter().filter(|found| Some(&found.session) != shown.as_ref()) {
            self.revoke_later(Revocation::Session(found.session.clone()));
        }
        self.record.pending_sign_ins.clear();
        self.record.revocations.retain(|revocation| *revocation != Revocation::Cookie);
        self.share_change();
    }

    /// What is found and belongs to nobody is to be revoked: no sign-in is under way any more, or an older release has
    /// left a session without a name to revoke.
    fn is_to_settle(&self, now: Now) -> bool {
        match self.record.pending_sign_ins.is_empty() {
            true => self.is_to_revoke(&Revocation::Cookie),
            false => self.pending_sign_ins_are_over(now),
        }
    }
}
