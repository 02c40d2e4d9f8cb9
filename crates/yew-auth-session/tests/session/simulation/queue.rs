//! What is going to happen, in the order of time.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use yew_auth_session::LeaseId;

use super::clock::Instant;
use super::flight::{Answer, FlightId};
use super::lock::PageId;
use super::network::Passage;
use super::plan::Step;
use super::turns::Turn;

/// Something that is going to happen.
#[derive(Clone, Debug)]
pub enum JournalEvent {
    /// The plan has something in store.
    Step(Step),
    /// A request reaches the server.
    Arrival(FlightId, Passage),
    /// An answer, or an error, reaches the browser.
    Return(FlightId, Answer),
    /// Something reaches a page, if that is still there and awake.
    ToPage(PageId, PageHappening),
}

/// Something that reaches a page.
#[derive(Clone, Debug)]
pub enum PageHappening {
    /// The driver's timer: which arming of it, and when it is due on the machine's monotonic clock.
    Timer {
        arming: u64,
        due: u64,
    },
    /// The poll's timer.
    PollTimer {
        arming: u64,
        due: u64,
    },
    /// A request other than a refresh has taken too long.
    GiveUp {
        flight: FlightId,
        due: u64,
    },
    /// An answer, or an error.
    Answer(FlightId, Answer),
    /// The word that the record has changed.
    News,
    /// The page is shown, or came back.
    Woke,
    LockGranted,
    LockBusy(LeaseId),
    OnlineChanged,
    /// A request asks whether it is its turn.
    Turn(Box<Turn>),
    /// The person tries to sign in, not for the first time.
    SignInAgain,
}

#[derive(Debug, Default)]
pub struct Queue {
    heap: BinaryHeap<Entry>,
    pushed: u64,
}

#[derive(Debug)]
struct Entry {
    at: Instant,
    order: u64,
    happening: JournalEvent,
}

impl Queue {
    pub fn push(&mut self, at: Instant, happening: JournalEvent) {
        self.pushed += 1;
        self.heap.push(Entry { at, order: self.pushed, happening });
    }

    pub fn pop(&mut self) -> Option<(Instant, JournalEvent)> {
        self.heap.pop().map(|entry| (entry.at, entry.happening))
    }
}

impl Ord for Entry {
    /// The heap gives the greatest first: the earliest is to be that.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}
