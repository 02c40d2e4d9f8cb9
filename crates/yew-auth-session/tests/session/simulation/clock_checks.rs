//! What a page can know of the clock: it may have been set, and the machine may have slept.

use std::ops::RangeInclusive;

use yew_auth_session::AccessToken;

use super::clock::Instant;
use super::lock::PageId;
use super::world::World;

/// A smaller move of the clock is no jump: `RefreshPolicy::clock_tolerance`, in milliseconds.
const CLOCK_TOLERANCE: u64 = 2_000;

impl World {
    /// A page that was opened after the clock had jumped cannot know that the stored estimate is from before, until the
    /// server refuses its token. Nor can one that was frozen while the token was issued and the clocks then moved apart not
    /// once but twice: of two jumps, or a sleep and a jump, it sees the sum. A sleep and a jump that make up for each other
    /// are seen by nobody, unless another page was awake between the two.
    pub fn cannot_know_the_clock(&self, page: PageId, token: &AccessToken) -> bool {
        let page = &self.pages[page];
        let issued = self.server.issued_at(token);
        let is_new = page.knows_better_since.is_none() && self.has_jumped(issued, page.loaded);
        let mut since = page.unwatched.iter().filter(|unwatched| page.knows_better_since <= Some(*unwatched.end()));
        is_new || since.any(|unwatched| self.hides_moves(unwatched, issued))
    }

    fn has_jumped(&self, from: Instant, until: Instant) -> bool {
        self.jumps(from..=until).next().is_some()
    }

    /// Whether a page that got no events then knows too little of how the clock has moved since the token was issued.
    fn hides_moves(&self, unwatched: &RangeInclusive<Instant>, issued: Instant) -> bool {
        let moves: Vec<_> = self.checks.clock_moves.iter().filter(|moved| unwatched.contains(&moved.at)).collect();
        let seen_as_one = *unwatched.start() <= issued && moves.len() > 1;
        let sum: i64 = moves.iter().map(|moved| moved.by).sum();
        let nobody_watched = moves.iter().skip(1).all(|moved| !moved.was_watched);
        let has_slept = moves.iter().any(|moved| !moved.is_jump && moved.by != 0);
        let taken_back = has_slept && sum.unsigned_abs() <= CLOCK_TOLERANCE && nobody_watched;
        self.has_jumped(issued.max(*unwatched.start()), *unwatched.end()) && (seen_as_one || taken_back)
    }

    /// By how much the clock was set forward in that time, whatever was taken back.
    pub fn set_forward(&self, time: RangeInclusive<Instant>) -> u64 {
        self.jumps(time).filter(|by| by.is_positive()).map(i64::unsigned_abs).sum()
    }

    /// By how much the clock was set back in that time, whatever was made good.
    pub fn set_back(&self, time: RangeInclusive<Instant>) -> u64 {
        self.jumps(time).filter(|by| by.is_negative()).map(i64::unsigned_abs).sum()
    }

    fn jumps(&self, time: RangeInclusive<Instant>) -> impl Iterator<Item = i64> {
        let jumps = self.checks.clock_moves.iter().filter(move |moved| moved.is_jump && time.contains(&moved.at));
        jumps.map(|moved| moved.by)
    }
}
