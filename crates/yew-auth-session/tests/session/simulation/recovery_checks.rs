//! The invariants of a page that has no token.

use super::clock::{Instant, SECOND};
use super::invariants::Invariant;
use super::lock::PageId;
use super::page::Poll;
use super::world::World;

/// How long an awake page may be without a token once all is well.
const RECOVERY_TAKES_AT_MOST: u64 = 60 * SECOND;

/// How long a lock is watched before it is stolen: `RefreshPolicy::lease`, a last wait for it, and the refresh after that.
const STEALING_TAKES_AT_MOST: u64 = 21 * SECOND;

impl World {
    /// LostAnswerRecovered, NeverStuck: a page has no token to send. All being well, that does not last.
    pub fn check_stuck(&mut self, page: PageId) {
        let this = &self.pages[page];
        if !this.visible || this.poll == Poll::Resting {
            return;
        }
        let well_since = self.checks.disturbed_until.max(this.awake_since).max(this.shown_since).max(this.served);
        let stealing = if self.has_to_steal(page, well_since) { STEALING_TAKES_AT_MOST } else { 0 };
        let longest = RECOVERY_TAKES_AT_MOST + stealing;
        let may_ask = self.clocks.running(self.now) > this.asks_nothing_until + longest;
        if may_ask && self.now > well_since + longest {
            let lost = self.checks.unheard_refresh.is_some();
            let invariant = if lost { Invariant::LostAnswerRecovered } else { Invariant::NeverStuck };
            self.violate(invariant, || {
                format!("page {page} has no token, and all has been well since {well_since} ms")
            });
        }
    }

    /// Whether a frozen page holds the lock, or has held it since then. The page first waits out the pause. Then it watches the
    /// lock for as long as it would if the holder were awake.
    fn has_to_steal(&self, page: PageId, since: Instant) -> bool {
        let was_frozen = |holder: PageId| {
            let holder = &self.pages[holder];
            holder.is_frozen(self.now) || (holder.awake_since > holder.loaded && holder.awake_since > since)
        };
        let has_stolen = |(thief, at): &(PageId, Instant)| *thief == page && *at > since;
        self.lock.holder().is_some_and(was_frozen) || self.checks.robbed.values().any(has_stolen)
    }
}
