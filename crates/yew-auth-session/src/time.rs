//! Points in time and the clocks they are read from.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A point in time, in milliseconds since the Unix epoch.
///
/// Arithmetic saturates: a hostile `exp` cannot overflow it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A timestamp from milliseconds since the Unix epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// A timestamp from seconds since the Unix epoch, the unit of a JWT's NumericDate (RFC 7519 section 2).
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// How long after `earlier` this is; zero when it is not after it.
    #[must_use]
    pub fn duration_since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}ms", self.0)
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, rhs: Duration) -> Self {
        Self(self.0.saturating_add(millis(rhs)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, rhs: Duration) -> Self {
        Self(self.0.saturating_sub(millis(rhs)))
    }
}

/// One reading of both of a machine's clocks, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Now {
    /// The wall clock. It may be wrong by hours, and may jump.
    pub wall: Timestamp,
    /// Time since some fixed point of this page's life. It never jumps, but may stand still while the machine sleeps.
    pub monotonic: Duration,
}

impl Now {
    /// What the wall clock shows when the monotonic one reads `monotonic`, if neither is touched; never earlier than
    /// now.
    #[must_use]
    pub fn wall_at(self, monotonic: Duration) -> Timestamp {
        self.wall + monotonic.saturating_sub(self.monotonic)
    }
}

/// How far a machine's wall clock is ahead of the server's (negative: behind it), in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Skew(i64);

impl Skew {
    /// The skew between two readings of the same moment.
    #[must_use]
    pub const fn between(ours: Timestamp, servers: Timestamp) -> Self {
        Self(ours.0.saturating_sub(servers.0))
    }

    /// Milliseconds by which our clock is ahead; negative where it is behind.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// What the server's clock shows when ours shows `ours`.
    #[must_use]
    pub const fn to_server(self, ours: Timestamp) -> Timestamp {
        Timestamp(ours.0.saturating_sub(self.0))
    }

    /// What our clock shows when the server's shows `servers`.
    #[must_use]
    pub const fn to_local(self, servers: Timestamp) -> Timestamp {
        Timestamp(servers.0.saturating_add(self.0))
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_saturates_at_the_ends_of_time() {
        let end = Timestamp::from_secs(i64::MAX);
        assert_eq!(end + Duration::MAX, end);
        assert_eq!(Timestamp::from_millis(0).duration_since(end), Duration::ZERO);
    }

    #[test]
    fn a_point_in_time_is_shown_with_its_unit() {
        assert_eq!(format!("{:?}", Timestamp::from_secs(5)), "5000ms");
    }

    #[test]
    fn skew_maps_a_moment_to_the_servers_clock_and_back() {
        let (ours, servers) = (Timestamp::from_secs(5_000), Timestamp::from_secs(1_400));
        let skew = Skew::between(ours, servers);
        assert_eq!(skew.to_server(ours), servers);
        assert_eq!(skew.to_local(servers), ours);
    }
}
