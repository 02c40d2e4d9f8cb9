//! The number of a state of the shared record.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::time::Timestamp;

/// Counts the changes of the shared record. Only the refresh pause and the time of the last activity change without one.
///
/// Compares as serial numbers do (RFC 1982): each generation has as many after it as before it, and
/// [`next`](Self::next) follows even the highest number. So no stored number, however large, is the last one.
///
/// ```
/// use yew_auth_session::Generation;
///
/// let highest = Generation::from(u64::MAX);
/// assert!(highest.next() > highest);
/// assert!(Generation::from(3) > highest);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Generation(u64);

impl Generation {
    /// That of a record where none is stored. A tab may still know one that was cleared: it began earlier and has changed
    /// less than once a millisecond, so this one follows it.
    ///
    /// ```
    /// use yew_auth_session::{Generation, Timestamp};
    ///
    /// let cleared = Generation::first(Timestamp::from_secs(1_800_000_000)).next().next();
    /// assert!(Generation::first(Timestamp::from_secs(1_800_000_001)) > cleared);
    /// ```
    #[must_use]
    pub fn first(wall: Timestamp) -> Self {
        Self(wall.as_millis().max(1).cast_unsigned())
    }

    /// The one that follows.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }

    /// The plain number, as it is shown and sent.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl PartialOrd for Generation {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.0.wrapping_sub(other.0).cast_signed().cmp(&0))
    }
}

impl From<u64> for Generation {
    fn from(number: u64) -> Self {
        Self(number)
    }
}
