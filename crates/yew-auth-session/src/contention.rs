//! A lock that another tab holds, and when its holder counts as gone.

use std::time::Duration;

use super::event::LeaseId;
use super::policy::RefreshPolicy;

/// How long a tab has seen another one hold a lock. The wall clock may jump, so each tab measures this itself, on its
/// monotonic clock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contention {
    holder: Option<LeaseId>,
    seen_since: Duration,
}

impl Contention {
    /// The lock is held by `holder`, if that is known: the same one as `before`, or a new one.
    #[must_use]
    pub fn seen(before: Option<Self>, holder: Option<LeaseId>, now: Duration) -> Self {
        match before {
            Some(before) if before.holder == holder => before,
            _ => Self { holder, seen_since: now },
        }
    }

    /// Whether the holder has been seen for longer than anybody may hold the lock. A holder without a name never counts as
    /// gone: it may be a different one each time.
    #[must_use]
    pub fn is_with_a_holder_that_is_gone(&self, policy: &RefreshPolicy, now: Duration) -> bool {
        self.holder.is_some() && now.saturating_sub(self.seen_since) > policy.lease()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    fn lease(name: &str) -> Option<LeaseId> {
        Some(LeaseId::new(name))
    }

    fn is_gone(contention: &Contention, now: Duration) -> bool {
        contention.is_with_a_holder_that_is_gone(&RefreshPolicy::default(), now)
    }

    #[test]
    fn a_holder_is_gone_when_it_is_seen_for_longer_than_the_lease() {
        let first = Contention::seen(None, lease("a"), secs(10));
        let again = Contention::seen(Some(first), lease("a"), secs(27));
        assert!(!is_gone(&again, secs(27)), "the lease is 17 s");
        assert!(is_gone(&again, secs(27) + Duration::from_millis(1)));
    }

    #[test]
    fn another_holder_is_seen_from_then_on() {
        let first = Contention::seen(None, lease("a"), secs(10));
        let other = Contention::seen(Some(first), lease("b"), secs(20));
        assert!(!is_gone(&other, secs(37)));
        assert!(is_gone(&other, secs(38)));
    }

    #[test]
    fn a_holder_without_a_name_is_never_gone() {
        assert!(!is_gone(&Contention::seen(None, None, secs(0)), secs(1_000)));
    }
}
