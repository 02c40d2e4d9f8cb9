//! What the session has done, told from what went into its machine and what it was before and after.

mod cue;

use std::collections::VecDeque;

use super::event::Effect;
use super::inspection::{Inspection, RefreshProgress};
use super::machine::SessionMachine;
use super::record::Generation;
use super::state::{Connection, Degradation, SignOutReason};
use super::time::{Now, Skew, Timestamp};
pub use cue::EventKind;

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
    /// It has brought a new token.
    Refreshed(Generation),
    /// It has not; and when the next try is due.
    RefreshFailed(Degradation, Option<Timestamp>),
    /// The API has refused the access token.
    TokenRefused,
    /// Another tab holds the refresh lock.
    LockBusy,
    /// Its holder does not move: the lock was taken from it.
    LockStolen,
    /// Another tab has changed the session, and this one has taken the change over.
    Adopted(Generation),
    /// The server's clock was measured, and is not where it was thought to be.
    SkewFound(Skew),
    /// This machine's clock was set, or the machine slept: milliseconds forwards, or back.
    ClockJumped(i64),
    /// The page was looked at again.
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

/// The last things that the session did. It holds nothing that proves a session.
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

    /// Takes in what the machine has made of an event.
    pub fn note(&mut self, cue: EventKind, machine: &SessionMachine, now: Now) {
        let after = machine.inspect();
        if let Some((before, last)) = self.last.take() {
            if let Some(jump) = jump(last, now) {
                self.add(JournalEvent::ClockJumped(jump), now);
            }
            for what in happenings(cue, &before, &after) {
                self.add(what, now);
            }
        } else {
            self.add(JournalEvent::Started, now);
        }
        self.last = Some((after, now));
    }

    /// Takes in what the machine wants to be done.
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

fn happenings(cue: EventKind, before: &Inspection, after: &Inspection) -> impl Iterator<Item = JournalEvent> {
    let has_moved_on = after.generation > before.generation && after.signed_in().is_some();
    let change = match cue {
        EventKind::SignedIn if has_moved_on => Some(JournalEvent::SignedIn),
        EventKind::RefreshGranted if has_moved_on => Some(JournalEvent::Refreshed(after.generation)),
        EventKind::UserChanged => None,
        _ if has_moved_on => Some(JournalEvent::Adopted(after.generation)),
        _ => None,
    };
    let event = match cue {
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
