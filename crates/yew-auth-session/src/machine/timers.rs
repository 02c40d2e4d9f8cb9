//! When the machine has something to do: one deadline for each reason.

use std::time::Duration;

use super::SessionMachine;
use crate::time::Now;

/// A reason to look at the machine again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Timer {
    /// A refresh is due and allowed.
    Refresh,
    /// The refresh request has had no answer for too long.
    RefreshResponse,
    /// The refresh lock, which another tab holds, may be asked for again.
    LockRetry,
    /// The answer to another tab's refresh is no longer to be expected.
    PeerResponse,
    /// The session reaches its absolute end.
    SessionEnd,
    /// The session has been idle for as long as it may.
    IdleEnd,
    /// A revocation may be sent, or sent again.
    Revocation,
    /// The server is to be asked which sessions the browser holds.
    Discovery,
    /// The network is to be probed.
    Probe,
}

impl Timer {
    const COUNT: usize = Self::Probe as usize + 1;
}

/// The deadline of each [`Timer`], on the monotonic clock. A timer that is not set has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct TimerTable([Option<Duration>; Timer::COUNT]);

impl TimerTable {
    /// Sets the timer, or stops it.
    pub(super) fn set(&mut self, timer: Timer, deadline: Option<Duration>) {
        self.0[timer as usize] = deadline;
    }

    pub(super) fn start(&mut self, timer: Timer, deadline: Duration) {
        self.set(timer, Some(deadline));
    }

    pub(super) fn stop(&mut self, timer: Timer) {
        self.set(timer, None);
    }

    pub(super) fn deadline(&self, timer: Timer) -> Option<Duration> {
        self.0[timer as usize]
    }

    /// Stops the timer if its deadline has passed; whether it had.
    pub(super) fn take_expired(&mut self, timer: Timer, now: Duration) -> bool {
        let expired = self.deadline(timer).is_some_and(|deadline| deadline <= now);
        if expired {
            self.stop(timer);
        }
        expired
    }

    /// The earliest deadline.
    pub(super) fn next_timeout(&self) -> Option<Duration> {
        self.0.iter().flatten().min().copied()
    }
}

impl SessionMachine {
    /// Sets the timers that follow from the state. The others are set and stopped where their reason comes and goes.
    pub(super) fn set_timers(&mut self, now: Now) {
        self.timers.set(Timer::Refresh, self.next_refresh(now));
        self.timers.set(Timer::SessionEnd, self.next_session_end(now));
        self.timers.set(Timer::IdleEnd, self.next_idle_end(now));
        self.timers.set(Timer::Discovery, self.next_question(now));
        self.timers.set(Timer::Probe, self.next_probe());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_earliest_deadline_is_next() {
        let mut timers = TimerTable::default();
        assert_eq!(timers.next_timeout(), None);
        timers.start(Timer::Refresh, 3 * SECOND);
        timers.start(Timer::Revocation, 2 * SECOND);
        assert_eq!(timers.next_timeout(), Some(2 * SECOND));
        timers.stop(Timer::Revocation);
        assert_eq!(timers.next_timeout(), Some(3 * SECOND));
    }

    #[test]
    fn a_timer_expires_once_and_at_its_deadline() {
        let mut timers = TimerTable::default();
        timers.start(Timer::IdleEnd, 3 * SECOND);
        assert!(!timers.take_expired(Timer::IdleEnd, 2 * SECOND));
        assert_eq!(timers.deadline(Timer::IdleEnd), Some(3 * SECOND));
        assert!(timers.take_expired(Timer::IdleEnd, 3 * SECOND));
        assert!(!timers.take_expired(Timer::IdleEnd, 9 * SECOND));
    }
}
