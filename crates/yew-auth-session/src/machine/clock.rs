//! Whether the estimate of the server's clock still holds: our own clock may have jumped since it was made.

use std::time::Duration;

use super::SessionMachine;
use crate::record::{RecordStatus, StoredSession};
use crate::rule::Rule;
use crate::skew::ClockEstimate;
use crate::state::Persistence;
use crate::time::{Now, Timestamp};

/// How long another tab's news may take to get here.
const NEWS_DELAY: Duration = Duration::from_secs(5);

/// What this page knows of its machine's clocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct ClockWatch {
    /// What the wall clock shows at the event that is being handled.
    pub(super) wall: Timestamp,
    /// When the present estimate was made.
    origin: Option<TimeOrigin>,
    /// A jump after which nothing has been read yet of what the other tabs have done meanwhile.
    unread_jump: Option<Jump>,
    /// Since the record was read last, and since the latest jump: whatever is new in it was written meanwhile.
    since_read: Option<TimeOrigin>,
    /// When the latest jump was noticed, on the monotonic clock.
    jumped_at: Option<Duration>,
    /// The present estimate was made before this page was loaded, or while the page got no events and the clock moved. The
    /// clock may have been set since, so no session is ended by it.
    is_inherited: bool,
}

impl ClockWatch {
    fn gain(&self, now: Now) -> Duration {
        self.origin.map_or(Duration::ZERO, |origin| origin.gain(now))
    }

    fn loss(&self, now: Now) -> Duration {
        self.origin.map_or(Duration::ZERO, |origin| origin.loss(now))
    }
}

/// What the wall clock shows when the monotonic one is at zero. Another tab has made its estimate between two readings of
/// this page. Which moment it was is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct TimeOrigin {
    earliest: Timestamp,
    latest: Timestamp,
}

impl TimeOrigin {
    fn at(now: Now) -> Self {
        let origin = now.wall - now.monotonic;
        Self { earliest: origin, latest: origin }
    }

    fn widened(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.max(other.latest) }
    }

    /// By how much the wall clock has certainly moved against the monotonic one since.
    fn distance(self, now: Now) -> Duration {
        let now = Self::at(now);
        now.earliest.duration_since(self.latest).max(self.earliest.duration_since(now.latest))
    }

    /// By how much the wall clock may have gone ahead of the monotonic one since.
    fn gain(self, now: Now) -> Duration {
        Self::at(now).latest.duration_since(self.earliest)
    }

    /// By how much the wall clock may have fallen behind the monotonic one since.
    fn loss(self, now: Now) -> Duration {
        self.latest.duration_since(Self::at(now).earliest)
    }
}

/// The wall clock has moved against the monotonic one: it was set, or the machine slept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Jump {
    /// The last reading before.
    before: Now,
    /// The first reading after.
    after: Now,
}

impl Jump {
    /// Whether something that was written when the wall clock showed `wall` may be from before the jump. Both clocks
    /// have gone on unwatched between the two readings.
    pub(super) fn may_follow(&self, wall: Timestamp, now: Now) -> bool {
        let unwatched = self.after.monotonic.saturating_sub(self.before.monotonic);
        let earlier = self.before.wall - NEWS_DELAY..=self.before.wall + unwatched;
        let later = self.after.wall - unwatched..=now.wall;
        earlier.contains(&wall) || !later.contains(&wall)
    }
}

impl SessionMachine {
    /// After a jump the estimate of the server's clock is void, until a fresh token brings a new one.
    pub(super) fn watch_clock(&mut self, now: Now) {
        self.clock.wall = now.wall;
        let here = TimeOrigin::at(now);
        self.clock.since_read = Some(self.clock.since_read.map_or(here, |range| range.widened(here)));
        let origin = *self.clock.origin.get_or_insert(here);
        if origin.distance(now) > self.policy.clock_tolerance && self.keeps(Rule::ClockJump) {
            self.clock.origin = Some(here);
            self.clock.since_read = Some(here);
            self.clock.is_inherited = true;
            self.clock.unread_jump = Some(Jump { before: self.last_now.unwrap_or(now), after: now });
            self.clock.jumped_at = Some(now.monotonic);
            self.doubt_token();
            if self.persistence == Persistence::MemoryOnly {
                self.share_clock_doubt();
            }
        }
    }

    /// What is stored is being read: any generation that comes later was made later, too.
    pub(super) fn take_unread_jump(&mut self) -> Option<Jump> {
        self.clock.unread_jump.take()
    }

    /// Whatever is new in the record at the next reading was written after this one.
    pub(super) fn note_reading(&mut self, now: Now) {
        self.clock.since_read = Some(TimeOrigin::at(now));
    }

    /// Judges the estimate of a record that was just taken over from another tab, or from an earlier page.
    pub(super) fn take_over_clock(&mut self, unread_jump: Option<Jump>, now: Now) {
        let Some(session) = self.record.session() else { return };
        let measured_at = session.clock.measured_at();
        let is_stale = match unread_jump {
            Some(jump) => jump.may_follow(measured_at, now),
            None => measured_at > now.wall + self.policy.clock_tolerance,
        };
        self.clock.is_inherited = self.last_now.is_none() || unread_jump.is_some();
        if !is_stale || !self.keeps(Rule::ClockJump) {
            self.clock.origin = self.clock.since_read;
        } else {
            self.doubt_token();
            self.share_clock_doubt();
        }
    }

    /// The clock that told when the token ends is void. A token that ends nobody knows when was not judged by it.
    fn doubt_token(&mut self) {
        let is_judged = |session: &StoredSession| session.access_expires_at.is_some() && session.may_be_renewed();
        if self.record.session().is_some_and(is_judged) {
            self.unusable_token = self.token_id();
        }
    }

    /// Every tab that reads the record is to know that the estimate is void: a tab that was frozen meanwhile may not see
    /// the jump, when another one has taken it back.
    pub(super) fn share_clock_doubt(&mut self) {
        if !self.keeps(Rule::ClockJump) || !self.keeps(Rule::SharedClockDoubt) {
            return;
        }
        if let RecordStatus::SignedIn(session) = &mut self.record.status
            && session.clock.is_sure()
        {
            session.doubt_clock();
            self.share_change();
        }
    }

    /// An answer of our own has brought the estimate.
    pub(super) fn trust_own_clock(&mut self, now: Now) {
        self.clock.origin = Some(TimeOrigin::at(now));
        self.clock.is_inherited = false;
    }

    /// Estimates the server's clock from an answer. Where ours has jumped since the request was sent, nobody knows how
    /// long that took: the machine may have slept. For as long as the wall clock is ahead it may have slept unnoticed.
    pub(super) fn estimate(&self, sent: Duration, issued_at: Timestamp, now: Now) -> ClockEstimate {
        let jumped = self.clock.jumped_at.is_some_and(|at| at > sent) && self.keeps(Rule::ClockJump);
        let sent = if self.keeps(Rule::SkewAtMidpoint) { sent } else { now.monotonic };
        let estimate = ClockEstimate::from_request(sent.saturating_sub(self.clock.gain(now)), now, issued_at);
        if jumped { estimate.doubted() } else { estimate }
    }

    /// Whether the end of the session may be told from our clock alone. If not the server decides, at the refresh that
    /// is due then.
    pub(super) fn clock_is_proven(&self) -> bool {
        let is_sure = |session: &StoredSession| session.clock.is_sure() && !self.is_unusable(session);
        !self.clock.is_inherited && self.record.session().is_some_and(is_sure)
    }

    /// The latest the server's clock may show now. A move of ours that is too small to be a jump still counts.
    pub(super) fn server_latest(&self, session: &StoredSession, now: Now) -> Timestamp {
        if !self.keeps(Rule::ServerClock) {
            return now.wall;
        }
        session.clock.server_latest(now.wall) + self.clock.loss(now)
    }

    /// What the server's clock shows, for words alone. A doubted estimate is still the best guess.
    pub(super) fn probable_server_time(&self, session: &StoredSession, now: Now) -> Timestamp {
        match session.clock.is_sure() {
            true => self.server_latest(session, now),
            false => session.clock.to_server(now.wall),
        }
    }

    /// The earliest the server's clock may show now. A move of ours that is too small to be a jump still counts.
    pub(super) fn server_earliest(&self, session: &StoredSession, now: Now) -> Timestamp {
        session.clock.server_earliest(now.wall) - self.clock.gain(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(wall: i64, monotonic: u64) -> Now {
        Now { wall: Timestamp::from_secs(wall), monotonic: Duration::from_secs(monotonic) }
    }

    /// The seconds, of those around the jump, at which something may have been written before it.
    fn may_be_older(jump: &Jump, now: Now) -> Vec<i64> {
        (950..1_030).filter(|wall| jump.may_follow(Timestamp::from_secs(*wall), now)).collect()
    }

    fn all(ranges: &[std::ops::Range<i64>]) -> Vec<i64> {
        ranges.iter().cloned().flatten().collect()
    }

    #[test]
    fn after_a_jump_back_what_was_written_in_the_time_that_comes_twice_may_be_older() {
        let jump = Jump { before: at(1_000, 50), after: at(980, 60) };
        // Nobody watched for 10 s, news takes up to 5 s, and nothing can have been written in the future or long ago.
        assert_eq!(may_be_older(&jump, at(1_020, 100)), all(&[950..970, 995..1_011, 1_021..1_030]));
    }

    #[test]
    fn after_a_jump_forward_only_what_was_written_later_is_newer() {
        let jump = Jump { before: at(1_000, 50), after: at(1_020, 60) };
        assert_eq!(may_be_older(&jump, at(1_028, 68)), all(&[950..1_011, 1_029..1_030]));
    }
}
