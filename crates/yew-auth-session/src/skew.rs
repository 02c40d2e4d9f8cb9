//! How far the local clock is from the server's, and how certain that is.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::time::{Now, Skew, Timestamp};

/// `iat` is in whole seconds (RFC 7519 section 2), so the server's clock may have been almost one further.
const ISSUED_AT_RESOLUTION: Duration = Duration::from_secs(1);

/// An estimate of the server's clock, from one request during which the server read it.
///
/// ```
/// use std::time::Duration;
/// use yew_auth_session::{ClockEstimate, Now, Timestamp};
///
/// // A request took four seconds; the server read its clock at some moment in between.
/// let received = Now { wall: Timestamp::from_secs(5_000), monotonic: Duration::from_secs(20) };
/// let estimate = ClockEstimate::from_request(Duration::from_secs(16), received, Timestamp::from_secs(1_398));
/// assert_eq!(estimate.to_server(Timestamp::from_secs(5_000)), Timestamp::from_secs(1_400));
/// assert_eq!(estimate.uncertainty(), Some(Duration::from_secs(2)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClockEstimate {
    skew: Skew,
    /// Half the request's duration: the server may have read its clock at either end. `None` when nobody knows how
    /// long it took.
    uncertainty: Option<Duration>,
    /// When this was, on our clock.
    measured_at: Timestamp,
}

impl ClockEstimate {
    /// Compares the `iat` of a token with the midpoint of the request that brought it. The request's length is taken
    /// on the monotonic clock, so that a jump of the wall clock in its midst does no harm.
    #[must_use]
    pub fn from_request(sent: Duration, received: Now, issued_at: Timestamp) -> Self {
        let half = received.monotonic.saturating_sub(sent) / 2;
        Self {
            skew: Skew::between(received.wall - half, issued_at),
            uncertainty: Some(half),
            measured_at: received.wall,
        }
    }

    /// Nothing is known of the server's clock: it is taken to be as ours.
    #[must_use]
    pub fn unmeasured(now: Now) -> Self {
        Self { skew: Skew::default(), uncertainty: Some(Duration::ZERO), measured_at: now.wall }
    }

    /// The same, but the request may have taken any time.
    #[must_use]
    pub fn doubted(self) -> Self {
        Self { uncertainty: None, ..self }
    }

    /// Whether it bounds the server's clock at all.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.uncertainty.is_some()
    }

    /// How far it may be off; `None` when nobody knows.
    #[must_use]
    pub fn uncertainty(&self) -> Option<Duration> {
        self.uncertainty
    }

    /// When the estimate was made, on our clock as it stood then.
    #[must_use]
    pub fn measured_at(&self) -> Timestamp {
        self.measured_at
    }

    /// The latest the server's clock may show now. Judging by it never takes an expired token for a good one.
    #[must_use]
    pub fn server_latest(&self, wall: Timestamp) -> Timestamp {
        match self.uncertainty {
            Some(uncertainty) => self.skew.to_server(wall) + uncertainty + ISSUED_AT_RESOLUTION,
            None => Timestamp::from_millis(i64::MAX),
        }
    }

    /// The earliest the server's clock may show now. Judging by it never takes a session to be over that is not.
    #[must_use]
    pub fn server_earliest(&self, wall: Timestamp) -> Timestamp {
        match self.uncertainty {
            Some(uncertainty) => self.skew.to_server(wall) - uncertainty,
            None => Timestamp::from_millis(i64::MIN),
        }
    }

    /// What our clock shows at `server`, as near as is known.
    #[must_use]
    pub fn to_local(&self, server: Timestamp) -> Timestamp {
        self.skew.to_local(server)
    }

    /// What the server's clock shows at `wall`, as near as is known.
    #[must_use]
    pub fn to_server(&self, wall: Timestamp) -> Timestamp {
        self.skew.to_server(wall)
    }

    /// Our clock minus the server's.
    #[must_use]
    pub fn skew(&self) -> Skew {
        self.skew
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(wall: i64, monotonic: u64) -> Now {
        Now { wall: Timestamp::from_secs(wall), monotonic: Duration::from_secs(monotonic) }
    }

    #[test]
    fn skew_is_taken_at_the_midpoint_of_the_request() {
        let estimate =
            ClockEstimate::from_request(Duration::from_secs(10), now(5_000, 20), Timestamp::from_secs(1_395));
        assert_eq!(estimate.to_server(Timestamp::from_secs(5_000)), Timestamp::from_secs(1_400));
        assert_eq!(estimate.server_latest(Timestamp::from_secs(5_000)), Timestamp::from_secs(1_406));
        assert_eq!(estimate.server_earliest(Timestamp::from_secs(5_000)), Timestamp::from_secs(1_395));
    }

    #[test]
    fn a_doubted_estimate_takes_every_token_for_an_expired_one() {
        let estimate = ClockEstimate::from_request(Duration::ZERO, now(5_000, 0), Timestamp::from_secs(5_000));
        assert!(estimate.is_sure() && !estimate.doubted().is_sure());
        assert!(estimate.doubted().server_latest(Timestamp::from_secs(5_000)) > Timestamp::from_secs(1_000_000));
    }

    #[test]
    fn without_a_measurement_the_servers_clock_is_taken_to_be_as_ours() {
        let estimate = ClockEstimate::unmeasured(now(5_000, 20));
        assert_eq!(estimate.to_server(Timestamp::from_secs(7_000)), Timestamp::from_secs(7_000));
        assert_eq!(
            (estimate.uncertainty(), estimate.measured_at()),
            (Some(Duration::ZERO), Timestamp::from_secs(5_000))
        );
    }

    #[test]
    fn a_doubted_estimate_is_still_the_best_guess() {
        let estimate = ClockEstimate::from_request(Duration::ZERO, now(5_000, 0), Timestamp::from_secs(1_400));
        let doubted = estimate.doubted();
        assert_eq!((doubted.skew(), doubted.measured_at()), (estimate.skew(), estimate.measured_at()));
        assert_eq!(doubted.uncertainty(), None);
        assert_eq!(doubted.server_earliest(Timestamp::from_secs(5_000)), Timestamp::from_millis(i64::MIN));
    }

    #[test]
    fn a_wall_clock_that_jumps_during_the_request_does_not_spoil_the_midpoint() {
        let after_jump = now(8_600, 12);
        let estimate = ClockEstimate::from_request(Duration::from_secs(10), after_jump, Timestamp::from_secs(99));
        assert_eq!(estimate.to_server(Timestamp::from_secs(8_600)), Timestamp::from_secs(100));
    }
}
