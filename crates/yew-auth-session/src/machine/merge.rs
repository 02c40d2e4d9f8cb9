//! The shared record: adopting what other tabs wrote, and writing.

use std::time::Duration;

use super::SessionMachine;
use super::clock::Jump;
use super::timers::Timer;
use crate::event::{Effect, Notice};
use crate::generation::Generation;
use crate::record::{RecordStatus, RefreshPause, SessionRecord, Stored, StoredSession};
use crate::rule::Rule;
use crate::state::{Connection, Persistence, SignOutReason};
use crate::time::Now;

impl SessionMachine {
    /// Adopts the stored record where it is newer than ours.
    pub(super) fn merge(&mut self, stored: Stored, now: Now) {
        self.has_read = true;
        if self.persistence == Persistence::MemoryOnly {
            return;
        }
        match stored {
            Stored::Present(record) => self.merge_record(*record, now),
            Stored::Absent => self.merge_absence(now),
            // Neither readable nor to be overwritten for its own sake; our next change replaces it.
            Stored::Corrupt => {}
            Stored::Newer => {
                self.persistence = Persistence::MemoryOnly;
                self.record = SessionRecord {
                    status: RecordStatus::SignedOut(SignOutReason::NewerRelease),
                    ..SessionRecord::default()
                };
            }
            Stored::Unavailable => self.persistence = Persistence::MemoryOnly,
        }
    }

    fn merge_record(&mut self, record: SessionRecord, now: Now) {
        if record.generation < self.record.generation {
            return;
        }
        let unread_jump = self.take_unread_jump();
        let token = self.token_id();
        self.adopt_refresh_pause(&record, unread_jump, now);
        if record.generation > self.record.generation {
            self.adopt(record, unread_jump, now);
        } else if record.status != self.record.status {
            self.settle(record, unread_jump, now);
        } else {
            self.record.active_at = self.record.active_at.max(record.active_at);
            self.record.pending_sign_ins = record.pending_sign_ins;
            self.adopt_revocations(record.revocations, now);
        }
        if unread_jump.is_some() && token == self.token_id() {
            self.share_clock_doubt();
        }
        self.note_reading(now);
    }

    /// Two tabs wrote the same generation without having read each other's. A sign-out of the same session stands, and
    /// is written again over what overtook it. Otherwise the record in the storage wins, but nobody forgets a session
    /// that is to be revoked.
    fn settle(&mut self, mut record: SessionRecord, unread_jump: Option<Jump>, now: Now) {
        let theirs = record.session().map(StoredSession::key);
        match self.record.status {
            RecordStatus::SignedOut(reason) if theirs.is_some() && theirs == self.ended => {
                if let Some(session) = record.session() {
                    self.revoke_later(session.revocation());
                }
                record.absorb_lists(&self.record);
                record.status = RecordStatus::SignedOut(reason);
                record.generation = record.generation.next();
                self.record = record;
                self.store();
                self.broadcast(Some(reason));
            }
            _ => {
                let lists = (record.revocations.clone(), record.pending_sign_ins.clone());
                record.absorb_lists(&self.record);
                let has_lost_something = lists != (record.revocations.clone(), record.pending_sign_ins.clone());
                self.adopt(record, unread_jump, now);
                if has_lost_something {
                    self.share_change();
                }
            }
        }
    }

    fn adopt(&mut self, mut record: SessionRecord, unread_jump: Option<Jump>, now: Now) {
        let was_signed_in = self.record.session().is_some();
        self.ended_elsewhere = record.session().is_none() && (was_signed_in || self.ended_elsewhere);
        let token = self.token_id();
        let revocations = std::mem::replace(&mut record.revocations, std::mem::take(&mut self.record.revocations));
        self.record = record;
        self.adopt_revocations(revocations, now);
        if token.is_none() || token != self.token_id() {
            self.connection = Connection::Good;
            self.confirmed_until = Duration::ZERO;
            self.jitter_until = Duration::ZERO;
            self.take_over_clock(unread_jump, now);
        }
    }

    /// The record is gone: somebody has cleared the site's data, and wants to be signed out.
    fn merge_absence(&mut self, now: Now) {
        // What comes later is written after every jump so far.
        self.take_unread_jump();
        self.note_reading(now);
        if self.record.session().is_some() {
            self.record = SessionRecord {
                // Other tabs know of the generations before.
                generation: self.record.generation.next(),
                status: RecordStatus::SignedOut(SignOutReason::SignedOut),
                pending_sign_ins: std::mem::take(&mut self.record.pending_sign_ins),
                revocations: std::mem::take(&mut self.record.revocations),
                ..SessionRecord::default()
            };
            self.ended_elsewhere = true;
        }
    }

    /// Another tab's pause is on the wall clock, which may jump. It is turned into our monotonic time once, when it is
    /// first seen. Where the clock may have jumped since, a request that was sent may still be on its way. A pause that
    /// this tab has heard of itself outlives what others make of it, until there is another token.
    fn adopt_refresh_pause(&mut self, record: &SessionRecord, unread_jump: Option<Jump>, now: Now) {
        if record.refresh_pause == self.record.refresh_pause {
            return;
        }
        let spacing = self.policy.retry_spacing;
        let left = |pause: RefreshPause| match unread_jump {
            Some(jump) if jump.may_follow(pause.since, now) => pause.left(now.wall).max(pause.length().min(spacing)),
            _ => pause.left(now.wall),
        };
        let theirs = record
            .refresh_pause
            .map_or(Duration::ZERO, |pause| now.monotonic + left(pause).min(self.policy.retry_after_cap));
        let is_same_token = self.token_id() == record.session().map(StoredSession::token_id);
        if is_same_token && self.keeps(Rule::OwnPause) {
            if record.refresh_pause < self.record.refresh_pause {
                return;
            }
            self.paused_until = self.paused_until.max(theirs);
        } else {
            self.paused_until = theirs;
        }
        self.record.refresh_pause = record.refresh_pause;
        // A pause as long as the spacing was written when a refresh was sent; the others have other lengths.
        let is_of_a_sending = record.refresh_pause.is_some_and(|pause| pause.length() == spacing);
        self.may_try_early = is_of_a_sending && self.last_now.is_none();
        let response_until = is_of_a_sending.then(|| (theirs + self.policy.request_timeout).saturating_sub(spacing));
        self.timers.set(Timer::PeerResponse, response_until.filter(|until| now.monotonic < *until));
    }

    /// Keeps every tab from refreshing for the spacing: a refresh is being sent.
    pub(super) fn pause_for_sending(&mut self, now: Now) {
        self.write_refresh_pause(now.monotonic + self.policy.retry_spacing, now);
    }

    /// Keeps every tab from refreshing until `until`, on this tab's monotonic clock, for another reason. The length tells
    /// the one pause from the other.
    pub(super) fn pause_refreshes_until(&mut self, until: Duration, now: Now) {
        let is_as_long = now.wall_at(until).duration_since(now.wall) == self.policy.retry_spacing;
        self.write_refresh_pause(if is_as_long { until + Duration::from_millis(1) } else { until }, now);
    }

    fn write_refresh_pause(&mut self, until: Duration, now: Now) {
        let number = self.record.refresh_pause.map_or(0, |pause| pause.number.saturating_add(1));
        self.paused_until = until;
        self.timers.stop(Timer::PeerResponse);
        self.record.refresh_pause = Some(RefreshPause { number, until: now.wall_at(until), since: now.wall });
    }

    /// Writes a change that every tab is to know of.
    pub(super) fn share_change(&mut self) {
        self.record.generation = match self.record.generation {
            absent if absent == Generation::default() => Generation::first(self.clock.wall),
            generation => generation.next(),
        };
        self.store();
        self.broadcast(None);
    }

    pub(super) fn store(&mut self) {
        if self.persistence == Persistence::Shared {
            self.effects.push_back(Effect::Store(Box::new(self.record.clone())));
        }
    }

    pub(super) fn broadcast(&mut self, reason: Option<SignOutReason>) {
        if self.persistence == Persistence::Shared {
            self.effects.push_back(Effect::Broadcast(Notice { generation: self.record.generation, reason }));
        }
    }
}
