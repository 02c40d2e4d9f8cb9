//! The shared record: taking over what other tabs wrote, and writing.

use std::time::Duration;

use super::SessionMachine;
use super::clock::Jump;
use crate::event::{Effect, Notice};
use crate::record::{RecordStatus, RefreshPause, Revocation, SessionRecord, Stored};
use crate::state::{Connection, Persistence, SignOutReason};
use crate::time::Now;

impl SessionMachine {
    /// Takes over the stored record where it is newer than ours.
    pub(super) fn merge(&mut self, stored: Stored, now: Now) {
        self.has_read = true;
        if self.persistence == Persistence::MemoryOnly {
            return;
        }
        match stored {
            Stored::Present(record) => self.merge_record(*record, now),
            Stored::Absent => self.merge_absence(),
            // Not ours to read or to write over; the next change of ours replaces what is corrupt.
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
        let unread_jump = self.take_unread_jump();
        if record.generation < self.record.generation {
            return;
        }
        self.take_over_hold(&record, now);
        if record.generation > self.record.generation {
            self.adopt(record, unread_jump, now);
        } else if record.status != self.record.status {
            self.settle(record, unread_jump, now);
        } else {
            self.record.active_at = self.record.active_at.max(record.active_at);
            self.take_revocations(record.revocations, now);
        }
    }

    /// Two tabs wrote the same generation: a sign-out stands, and is written again over what overtook it.
    fn settle(&mut self, record: SessionRecord, unread_jump: Option<Jump>, now: Now) {
        if let RecordStatus::SignedOut(reason) = self.record.status {
            self.record.generation = record.generation.next();
            if let Some(token) = record.session().and_then(|session| session.credentials.refresh_token()) {
                self.revoke_later(Revocation::Token(token.clone()));
            }
            self.store();
            self.broadcast(Some(reason));
        } else {
            self.adopt(record, unread_jump, now);
        }
    }

    fn adopt(&mut self, mut record: SessionRecord, unread_jump: Option<Jump>, now: Now) {
        let was_signed_in = self.record.session().is_some();
        self.ended_elsewhere = record.session().is_none() && (was_signed_in || self.ended_elsewhere);
        let same_token = match (self.record.session(), record.session()) {
            (Some(ours), Some(theirs)) => ours.holds_the_same_token_as(theirs),
            _ => false,
        };
        let stays_condemned = same_token && self.condemned == Some(self.record.generation);
        let revocations = std::mem::take(&mut record.revocations);
        self.record = record;
        self.take_revocations(revocations, now);
        if stays_condemned {
            self.condemned = Some(self.record.generation);
        }
        if !same_token {
            self.connection = Connection::Good;
            self.spread = Duration::ZERO;
            self.take_over_clock(unread_jump, now);
        }
    }

    /// The record is gone: somebody has cleared the site's data, and wants to be signed out.
    fn merge_absence(&mut self) {
        if self.record.session().is_some() {
            self.record =
                SessionRecord { status: RecordStatus::SignedOut(SignOutReason::SignedOut), ..SessionRecord::default() };
            self.ended_elsewhere = true;
        }
    }

    /// Another tab's hold is on the wall clock, which may jump. It is turned into our monotonic time once, when it is
    /// seen first.
    fn take_over_hold(&mut self, record: &SessionRecord, now: Now) {
        if record.hold == self.record.hold {
            return;
        }
        let theirs = record
            .hold
            .map_or(Duration::ZERO, |hold| now.monotonic + hold.left(now.wall).min(self.policy.retry_after_cap));
        if record.generation > self.record.generation {
            self.hold = theirs;
        } else if record.hold > self.record.hold {
            self.hold = self.hold.max(theirs);
        } else {
            return;
        }
        self.record.hold = record.hold;
        // A hold as long as the spacing was written at the sending; the others have other lengths.
        let spacing = self.policy.retry_spacing;
        let is_of_a_sending = record.hold.is_some_and(|hold| hold.until.duration_since(hold.since) == spacing);
        self.answer_elsewhere = match is_of_a_sending {
            true => (theirs + self.policy.request_timeout).saturating_sub(spacing),
            false => Duration::ZERO,
        };
    }

    /// Keeps every tab from refreshing until `until`, on this tab's monotonic clock.
    pub(super) fn hold_until(&mut self, until: Duration, now: Now) {
        let number = self.record.hold.map_or(0, |hold| hold.number.saturating_add(1));
        self.hold = until;
        self.answer_elsewhere = Duration::ZERO;
        self.record.hold =
            Some(RefreshPause { number, until: now.wall + until.saturating_sub(now.monotonic), since: now.wall });
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
