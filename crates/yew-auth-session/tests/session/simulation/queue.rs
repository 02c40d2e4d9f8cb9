//! What is going to happen, in the order of time.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use yew_auth_session::{LeaseId, Ticket};

use super::clock::Instant;
use super::exclusive::LockWait;
use super::lock::PageId;
use super::network::Delivery;
use super::plan::Step;
use super::request::{Answer, RequestId};

/// Something that is going to happen.
#[derive(Clone, Debug)]
pub enum QueuedEvent {
    /// The plan has something in store.
    Step(Step),
    /// A request reaches the server.
    Arrival(RequestId, Delivery),
    /// An answer, or an error, reaches the browser.
    Return(RequestId, Answer),
    /// Something reaches a page, if that is still there and awake.
    ToPage(PageId, PageEvent),
}

/// Something that reaches a page.
#[derive(Clone, Debug)]
pub enum PageEvent {
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
        request: RequestId,
        due: u64,
    },
    /// An answer, or an error.
    Answer(RequestId, Answer),
    /// The word that the record has changed.
    News,
    /// The page is shown, or came back.
    Woke,
    LockGranted,
    LockBusy(LeaseId),
    OnlineChanged,
    /// The browser says that it is offline, and is not.
    FalseAlarm,
    /// A probe of the network has ended.
    Probed(Ticket),
    /// A request asks whether it is its wait.
    LockWait(Box<LockWait>),
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
    event: QueuedEvent,
}

impl Queue {
    pub fn push(&mut self, at: Instant, event: QueuedEvent) {
        self.pushed += 1;
        self.heap.push(Entry { at, order: self.pushed, event });
    }

    pub fn pop(&mut self) -> Option<(Instant, QueuedEvent)> {
        self.heap.pop().map(|entry| (entry.at, entry.event))
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
