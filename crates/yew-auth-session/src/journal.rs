//! What the session has done, derived from the events and from the machine before and after each.

mod event_kind;

use std::collections::VecDeque;

use super::event::Effect;
use super::generation::Generation;
use super::inspection::{Inspection, RefreshProgress};
use super::machine::SessionMachine;
use super::state::{Connection, Degradation, SignOutReason};
use super::time::{Now, Skew, Timestamp};
pub use event_kind::EventKind;

/// Older entries are forgotten.
const LENGTH: usize = 100;

/// A skew that moves by less is the same one: `iat` is in whole seconds.
const SKEW_STEP_MS: u64 = 1_500;

/// The wall clock has jumped when it moves against the monotonic one by more than this.
const JUMP_MS: u64 = 2_000;

/// Something the session did, or that happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalEvent {
    /// The page has started.
    Started,
    /// Somebody has signed in, on this page.
    SignedIn,
    /// The session has ended.
    SignedOut(SignOutReason),
    /// A refresh was sent.
    RefreshSent,
    /// The refresh brought a new token.
    Refreshed(Generation),
    /// The refresh failed: why, and when the next one is due.
    RefreshFailed(Degradation, Option<Timestamp>),
    /// The API has refused the access token.
    TokenRefused,
    /// Another tab holds the refresh lock.
    LockBusy,
    /// The lock was taken from a holder that no longer responds.
    LockStolen,
    /// Another tab changed the session, and this one adopted the change.
    Adopted(Generation),
    /// The server's clock was measured, and differs from the last estimate.
    SkewFound(Skew),
    /// This machine's clock was set, or the machine slept: milliseconds forwards, or back.
    ClockJumped(i64),
    /// The page became visible again.
    Woke,
    /// The network is gone.
    WentOffline,
    /// The network is back.
    CameOnline,
}

/// One line of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Counts the entries of the page.
    pub number: u64,
    /// When, on this machine's clock as it stood then.
    pub at: Timestamp,
    /// What.
    pub what: JournalEvent,
}

/// The latest entries. It holds no secret.
#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<JournalEntry>,
    next_number: u64,
    last: Option<(Inspection, Now)>,
}

impl Journal {
    /// The entries, the oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &JournalEntry> {
        self.entries.iter()
    }

    /// Records what an event has changed in the machine.
    pub fn note(&mut self, kind: EventKind, machine: &SessionMachine, now: Now) {
        let after = machine.inspect();
        if let Some((before, last)) = self.last.take() {
            if let Some(jump) = jump(last, now) {
                self.add(JournalEvent::ClockJumped(jump), now);
            }
            for what in changes(kind, &before, &after) {
                self.add(what, now);
            }
        } else {
            self.add(JournalEvent::Started, now);
        }
        self.last = Some((after, now));
    }

    /// Records an effect.
    pub fn note_effect(&mut self, effect: &Effect, now: Now) {
        match effect {
            Effect::SendRefresh { .. } => self.add(JournalEvent::RefreshSent, now),
            Effect::StealLock => self.add(JournalEvent::LockStolen, now),
            _ => {}
        }
    }

    fn add(&mut self, what: JournalEvent, now: Now) {
        if self.entries.len() == LENGTH {
            self.entries.pop_front();
        }
        self.entries.push_back(JournalEntry { number: self.next_number, at: now.wall, what });
        self.next_number += 1;
    }
}

/// How far the wall clock has moved against the monotonic one.
fn jump(last: Now, now: Now) -> Option<i64> {
    let wall = now.wall.as_millis().saturating_sub(last.wall.as_millis());
    let monotonic = now.monotonic.saturating_sub(last.monotonic).as_millis();
    let jump = wall.saturating_sub(i64::try_from(monotonic).unwrap_or(i64::MAX));
    (jump.unsigned_abs() > JUMP_MS).then_some(jump)
}

fn changes(kind: EventKind, before: &Inspection, after: &Inspection) -> impl Iterator<Item = JournalEvent> {
    // A change of the record that no page shows, such as a longer pause, is no news.
    let shown = |view: &Inspection| view.signed_in().map(|session| (session.user.clone(), session.access_expires_at));
    let has_moved_on = after.signed_in().is_some() && shown(before) != shown(after);
    let change = match kind {
        EventKind::SignedIn if has_moved_on => Some(JournalEvent::SignedIn),
        EventKind::RefreshGranted if has_moved_on => Some(JournalEvent::Refreshed(after.generation)),
        EventKind::UserChanged => None,
        _ if has_moved_on => Some(JournalEvent::Adopted(after.generation)),
        _ => None,
    };
    let event = match kind {
        EventKind::Woke => Some(JournalEvent::Woke),
        EventKind::Offline => Some(JournalEvent::WentOffline),
        EventKind::Online => Some(JournalEvent::CameOnline),
        EventKind::TokenRefused => Some(JournalEvent::TokenRefused),
        EventKind::LockBusy => Some(JournalEvent::LockBusy),
        _ => None,
    };
    let ended = match (&before.session, &after.session) {
        (Some(Ok(_)), Some(Err(reason))) => Some(JournalEvent::SignedOut(*reason)),
        _ => None,
    };
    [event, change, skew_found(before, after), failure(before, after), ended].into_iter().flatten()
}

fn failure(before: &Inspection, after: &Inspection) -> Option<JournalEvent> {
    let was_sent = before.refresh == RefreshProgress::OnItsWay && after.refresh != RefreshProgress::OnItsWay;
    match after.connection {
        Connection::Degraded(cause) if was_sent => {
            let next = match after.refresh {
                RefreshProgress::DueAt(at) => Some(at),
                _ => None,
            };
            Some(JournalEvent::RefreshFailed(cause, next))
        }
        _ => None,
    }
}

fn skew_found(before: &Inspection, after: &Inspection) -> Option<JournalEvent> {
    let thought = before.signed_in().map(|session| session.skew).unwrap_or_default();
    let found = after.signed_in()?.skew;
    (found.as_millis().abs_diff(thought.as_millis()) > SKEW_STEP_MS).then_some(JournalEvent::SkewFound(found))
}

#[cfg(test)]
mod tests;
