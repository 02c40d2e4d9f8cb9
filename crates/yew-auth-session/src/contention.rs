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
