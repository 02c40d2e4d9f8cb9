//! One load of the app in one tab.

use std::ops::RangeInclusive;
use std::time::Duration;

use yew_auth_session::{Now, SessionMachine, TokenId};

use super::clock::{Clocks, Instant, SECOND};
use super::plan::TabId;
use super::queue::PageEvent;
use super::request::RequestId;
use super::server::Family;

/// The driver looks after the machine at least this often.
pub const TICK: u64 = 20 * SECOND;

#[derive(Debug)]
pub struct Page {
    pub tab: TabId,
    pub machine: SessionMachine,
    pub alive: bool,
    pub loaded: Instant,
    /// The machine's monotonic clock at the load: the page's own starts at zero.
    origin: u64,
    pub frozen_until: Instant,
    /// What has come while the page was frozen, or the machine asleep.
    pub inbox: Vec<PageEvent>,
    /// Since when it gets its events as they come.
    pub awake_since: Instant,
    /// When it got no events: from the last one until it woke, each time.
    pub unwatched: Vec<RangeInclusive<Instant>>,
    last_event: Instant,
    pub visible: bool,
    pub shown_since: Instant,
    pub timer: Timer,
    pub poll: Poll,
    pub last_poll: Option<RequestId>,
    pub poll_timer: Timer,
    /// When it last had a token to send, or nobody was signed in.
    pub served: Instant,
    /// Since then the page has known of the server's clock: a request was sent that has brought a token.
    pub knows_better_since: Option<Instant>,
    /// Until when the server has told it not to ask which sessions there are, on the machine's monotonic clock.
    pub asks_nothing_until: u64,
    /// The session that the page shows.
    pub shows: Option<Family>,
    /// Those it has seen end.
    pub ended: Vec<Family>,
}

/// A timer of the page, on the machine's monotonic clock.
#[derive(Debug, Default)]
pub struct Timer {
    pub arming: u64,
    pub due: Option<u64>,
    pub next_tick: u64,
}

/// Where the page's poll stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Poll {
    Resting,
    /// It waits for a token: another one than this, where one was refused.
    Waiting {
        refused: Option<TokenId>,
    },
    Sent(RequestId),
}

impl Page {
    pub fn new(tab: TabId, machine: SessionMachine, visible: bool, now: Instant, clocks: &Clocks) -> Self {
        let origin = clocks.running(now);
        Self {
            tab,
            machine,
            alive: true,
            loaded: now,
            origin,
            frozen_until: 0,
            inbox: Vec::new(),
            awake_since: now,
            unwatched: Vec::new(),
            last_event: now,
            visible,
            shown_since: now,
            timer: Timer { next_tick: origin + TICK, ..Timer::default() },
            poll: Poll::Resting,
            last_poll: None,
            poll_timer: Timer::default(),
            served: now,
            knows_better_since: None,
            asks_nothing_until: 0,
            shows: None,
            ended: Vec::new(),
        }
    }

    /// Both clocks, as this page reads them.
    pub fn read_clocks(&self, now: Instant, clocks: &Clocks) -> Now {
        Now { wall: clocks.wall(now), monotonic: Duration::from_millis(clocks.running(now) - self.origin) }
    }

    /// It gets its events again.
    pub fn awake(&mut self, now: Instant) {
        self.unwatched.push(self.last_event..=now);
        self.awake_since = now;
    }

    pub const fn gets_event(&mut self, now: Instant) {
        self.last_event = now;
    }

    pub const fn is_frozen(&self, now: Instant) -> bool {
        now < self.frozen_until
    }
}

impl Timer {
    /// Whether this is the latest arming, and its time has come.
    pub fn fires(&mut self, arming: u64) -> bool {
        let fires = self.arming == arming && self.due.is_some();
        if fires {
            self.due = None;
        }
        fires
    }
}
