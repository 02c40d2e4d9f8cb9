//! When to ask again for something that is polled.

use std::time::Duration;

use super::jitter::Jitter;

/// A failing poll is not put off for longer than this, unless its interval is longer or the server asks for it.
const LONGEST_BACKOFF: Duration = Duration::from_secs(30);

/// While there is no data, the first failure is followed by a retry after this. Somebody is looking at an empty page.
const FIRST_RETRY: Duration = Duration::from_secs(1);

/// Nothing is polled more often than this.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);

/// A `Retry-After` is honoured up to this.
const RETRY_AFTER_CAP: Duration = Duration::from_secs(300);

/// How a poll ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PollOutcome {
    /// With data, new or unchanged.
    Fresh,
    /// Without; and how long the server wants to be left alone, if it says so.
    Failed(Option<Duration>),
}

/// Decides when the next poll is due. Times are on the monotonic clock.
///
/// A poll runs only while it is wanted: while somebody is signed in, and the page is visible and online. When that
/// becomes so, it is due at once. Two polls never overlap: the interval begins at the end of the last one.
#[derive(Clone, Debug)]
pub struct PollSchedule {
    interval: Duration,
    due: Duration,
    /// A wake-up does not go below this: the server has asked for it.
    not_before: Duration,
    failures: u32,
    has_data: bool,
    in_flight: bool,
    wanted: bool,
    jitter: Jitter,
}

impl PollSchedule {
    /// A schedule that is due at once, as soon as it is [wanted](Self::set_wanted).
    #[must_use]
    pub fn new(interval: Duration, seed: u64) -> Self {
        Self {
            interval: interval.max(SHORTEST_INTERVAL),
            due: Duration::ZERO,
            not_before: Duration::ZERO,
            failures: 0,
            has_data: false,
            in_flight: false,
            wanted: false,
            jitter: Jitter::new(seed),
        }
    }

    /// Says whether the poll should run at all. When it should again, it is due at once.
    pub fn set_wanted(&mut self, wanted: bool) {
        if wanted && !self.wanted {
            self.due = Duration::ZERO;
        }
        self.wanted = wanted;
    }

    /// The shortest interval of those who want the data counts.
    pub fn set_interval(&mut self, interval: Duration, now: Duration) {
        self.interval = interval.max(SHORTEST_INTERVAL);
        self.due = self.due.min(now.saturating_add(self.interval));
    }

    /// Makes the poll due now: somebody asks for it, or what kept it from succeeding is gone.
    pub fn revalidate(&mut self) {
        self.due = Duration::ZERO;
    }

    /// The data is gone: until there is some again, a poll that fails is soon retried.
    pub fn forget(&mut self) {
        self.has_data = false;
        self.failures = 0;
    }

    /// How long from `now` until the next poll; `None` while none is wanted, or one is under way.
    #[must_use]
    pub fn delay(&self, now: Duration) -> Option<Duration> {
        (self.wanted && !self.in_flight).then(|| self.due.max(self.not_before).saturating_sub(now))
    }

    /// Starts a poll, if one is due.
    #[must_use]
    pub fn start(&mut self, now: Duration) -> bool {
        let starts = self.delay(now) == Some(Duration::ZERO);
        if starts {
            self.in_flight = true;
            // Whoever asks for a revalidation while this poll runs moves it back: another one is then due after it.
            self.due = Duration::MAX;
        }
        starts
    }

    /// Ends the poll that was started.
    pub fn finish(&mut self, outcome: PollOutcome, now: Duration) {
        self.in_flight = false;
        let asked_again = self.due == Duration::ZERO;
        let delay = match outcome {
            PollOutcome::Fresh => {
                self.failures = 0;
                self.has_data = true;
                self.interval
            }
            PollOutcome::Failed(retry_after) => {
                self.failures = self.failures.saturating_add(1);
                self.not_before = now + retry_after.unwrap_or_default().min(RETRY_AFTER_CAP);
                self.backoff()
            }
        };
        self.due = if asked_again && outcome == PollOutcome::Fresh { now } else { now.saturating_add(delay) };
    }

    /// Twice as long after each failure, and up to a quarter more, so that pages do not come back as one.
    fn backoff(&mut self) -> Duration {
        let (first, longest) = match self.has_data {
            true => (self.interval, LONGEST_BACKOFF.max(self.interval)),
            false => (FIRST_RETRY, LONGEST_BACKOFF),
        };
        let delay = first.saturating_mul(1 << self.failures.saturating_sub(1).min(8)).min(longest);
        delay.saturating_add(self.jitter.up_to(delay / 4))
    }
}

#[cfg(test)]
#[path = "poll_schedule_tests.rs"]
mod tests;
