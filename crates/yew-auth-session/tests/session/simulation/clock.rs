//! The server's clock, which is right, and those of the machine that the tabs run on, which are not.

use std::time::Duration;

use yew_auth_session::Timestamp;

/// Milliseconds of true time since the seed began.
pub type Instant = u64;

pub const SECOND: u64 = 1_000;
pub const MINUTE: u64 = 60 * SECOND;

const EPOCH: i64 = 1_800_000_000_123;

pub fn server_time(now: Instant) -> Timestamp {
    Timestamp::from_millis(EPOCH) + Duration::from_millis(now)
}

/// The clocks of the one machine that all tabs run on.
#[derive(Debug)]
pub struct Clocks {
    /// Wall clock minus true time, in milliseconds.
    skew: i64,
    /// Whether the monotonic clock goes on while the machine sleeps: it does on some systems.
    counts_sleep: bool,
    slept: u64,
    asleep_since: Option<Instant>,
}

impl Clocks {
    pub const fn new(skew: i64, counts_sleep: bool) -> Self {
        Self { skew, counts_sleep, slept: 0, asleep_since: None }
    }

    pub fn wall(&self, now: Instant) -> Timestamp {
        Timestamp::from_millis(server_time(now).as_millis() + self.skew)
    }

    /// The machine's monotonic clock, in milliseconds.
    pub fn running(&self, now: Instant) -> u64 {
        if self.counts_sleep { now } else { now - self.slept - self.asleep_for(now) }
    }

    pub const fn is_asleep(&self) -> bool {
        self.asleep_since.is_some()
    }

    pub fn asleep_for(&self, now: Instant) -> u64 {
        self.asleep_since.map_or(0, |since| now - since)
    }

    pub fn jump(&mut self, by: i64) {
        self.skew += by;
    }

    pub fn fall_asleep(&mut self, now: Instant) {
        self.asleep_since = Some(now);
    }

    pub fn wake_up(&mut self, now: Instant) {
        self.slept += self.asleep_since.take().map_or(0, |since| now - since);
    }
}
