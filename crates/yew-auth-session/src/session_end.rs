//! The end of a session that no refresh puts off.

use std::time::Duration;

use super::time::Timestamp;

/// Ends that lie closer together are the same: the time of an end is an estimate that moves a little with each refresh.
const SAME: Duration = Duration::from_secs(1);

/// When a session ends although its tokens are renewed in time, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlannedEnd {
    /// When, on this machine's clock.
    pub at: Timestamp,
    /// Why.
    pub cause: EndCause,
}

/// Why a session ends although its tokens are renewed in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EndCause {
    /// Nobody does anything. Any activity postpones it.
    Idle,
    /// The session reaches its absolute end. Nothing postpones it: only a new sign-in begins another session.
    Absolute,
}

impl PlannedEnd {
    /// Whether both are the same end, as near as is known.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        let distance = self.at.duration_since(other.at).max(other.at.duration_since(self.at));
        self.cause == other.cause && distance < SAME
    }

    /// When to warn of it: `before` the end, but not within the first half of the idle limit, while somebody may still be
    /// active. `idle_limit` is [`RefreshPolicy::idle_limit`](super::RefreshPolicy::idle_limit).
    #[must_use]
    pub fn warn_at(&self, before: Duration, idle_limit: Option<Duration>) -> Timestamp {
        match (self.cause, idle_limit) {
            (EndCause::Idle, Some(limit)) => self.at - before.min(limit / 2),
            _ => self.at - before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(secs: i64, cause: EndCause) -> PlannedEnd {
        PlannedEnd { at: Timestamp::from_secs(secs), cause }
    }

    #[test]
    fn an_estimate_that_moves_by_less_than_a_second_is_the_same_end() {
        let moved = PlannedEnd { at: Timestamp::from_millis(1_000_999), cause: EndCause::Absolute };
        assert!(end(1_000, EndCause::Absolute).is_same_as(&moved) && moved.is_same_as(&end(1_000, EndCause::Absolute)));
        assert!(!end(1_000, EndCause::Absolute).is_same_as(&end(1_001, EndCause::Absolute)));
        assert!(!end(1_000, EndCause::Absolute).is_same_as(&end(1_000, EndCause::Idle)));
    }

    #[test]
    fn a_warning_of_idleness_leaves_half_of_the_limit_without_one() {
        let (before, limit) = (Duration::from_secs(120), Some(Duration::from_secs(60)));
        assert_eq!(end(1_000, EndCause::Idle).warn_at(before, limit), Timestamp::from_secs(970));
        assert_eq!(end(1_000, EndCause::Absolute).warn_at(before, limit), Timestamp::from_secs(880));
    }
}
