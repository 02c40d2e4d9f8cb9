//! A lock seen in other hands, and when its holder counts as gone.

use std::time::Duration;

use super::event::LeaseId;
use super::policy::RefreshPolicy;

/// What a tab has seen of a lock that another one holds. The wall clock may jump, so the age of the lease is what this
/// tab has seen of it itself, on its monotonic clock.
#[derive(Clone, Debug)]
pub struct Contention {
    holder: Option<LeaseId>,
    seen_since: Duration,
}

impl Contention {
    /// The lock is in the hands of `holder`, where that is known, as it was `before`, or for the first time.
    #[must_use]
    pub fn seen(before: Option<Self>, holder: Option<LeaseId>, now: Duration) -> Self {
        match before {
            Some(before) if before.holder == holder => before,
            _ => Self { holder, seen_since: now },
        }
    }

    /// Whether the holder has been seen for longer than anybody may hold the lock. One without a name may be another each
    /// time.
    #[must_use]
    pub fn is_with_a_holder_that_is_gone(&self, policy: &RefreshPolicy, now: Duration) -> bool {
        self.holder.is_some() && now.saturating_sub(self.seen_since) > policy.lease()
    }
}
