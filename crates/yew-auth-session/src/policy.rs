//! When to refresh, and when not to.

use std::time::Duration;

use super::time::Timestamp;

/// The durations that a session is kept by. The defaults are right for most backends.
///
/// ```
/// use std::time::Duration;
/// use yew_auth_session::{Freshness, RefreshPolicy, Timestamp};
///
/// let mut policy = RefreshPolicy::default();
/// policy.idle_limit = Some(Duration::from_secs(15 * 60));
///
/// let (issued, expires) = (Timestamp::from_secs(0), Timestamp::from_secs(300));
/// assert_eq!(policy.refresh_at(issued, expires), Timestamp::from_secs(240));
/// assert_eq!(policy.freshness(issued, Some(expires), Timestamp::from_secs(250)), Freshness::Due);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RefreshPolicy {
    /// A token is refreshed this long before it expires. A token that lives no longer than this is refreshed at half
    /// its life. Default 60 s.
    pub expiry_margin: Duration,
    /// A refresh without an answer is given up after this. Default 15 s.
    pub request_timeout: Duration,
    /// The least time between two refreshes that present the same token: longer than a request that was given up may
    /// still be on its way. Default 31 s.
    pub retry_spacing: Duration,
    /// Up to this much is added to a retry at random, so that tabs and people do not retry all at once. Default 14 s.
    pub retry_jitter: Duration,
    /// The least time between a refresh and the next one of the token it brought. Default 5 s.
    pub refresh_spacing: Duration,
    /// A `Retry-After` is honoured up to this. Default 5 min.
    pub retry_after_cap: Duration,
    /// How long, beyond `request_timeout`, one holder may be seen with the refresh lock before the lock is stolen.
    /// Default 2 s.
    pub lease_margin: Duration,
    /// How long to wait before asking for a lock again that another tab holds. Default 1 s.
    pub lock_retry: Duration,
    /// The wall clock has jumped when it differs from the monotonic one by more than this. Default 2 s.
    pub clock_tolerance: Duration,
    /// A session in which nobody has done anything for this long ends, in all tabs. Input and requests of the app count;
    /// polls do not. Default: none.
    pub idle_limit: Option<Duration>,
}

impl Default for RefreshPolicy {
    fn default() -> Self {
        Self {
            expiry_margin: Duration::from_secs(60),
            request_timeout: Duration::from_secs(15),
            retry_spacing: Duration::from_secs(31),
            retry_jitter: Duration::from_secs(14),
            refresh_spacing: Duration::from_secs(5),
            retry_after_cap: Duration::from_secs(300),
            lease_margin: Duration::from_secs(2),
            lock_retry: Duration::from_secs(1),
            clock_tolerance: Duration::from_secs(2),
            idle_limit: None,
        }
    }
}

/// How good an access token is at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// Good for longer than the margin.
    Fresh,
    /// Still good, but within the margin: a refresh is due.
    Due,
    /// No longer good.
    Expired,
}

impl RefreshPolicy {
    /// Judges a token by its lifetime on the server's clock. A token that does not say when it expires (`None`) is fresh
    /// until the API refuses it: `exp` is optional (RFC 7519 section 4.1.4), and so is `expires_in` (RFC 6749 section 5.1).
    #[must_use]
    pub fn freshness(&self, issued_at: Timestamp, expires_at: Option<Timestamp>, server_now: Timestamp) -> Freshness {
        match expires_at {
            Some(expires_at) if server_now < self.refresh_at(issued_at, expires_at) => Freshness::Fresh,
            Some(expires_at) if server_now < expires_at => Freshness::Due,
            Some(_) => Freshness::Expired,
            None => Freshness::Fresh,
        }
    }

    /// When a token should be refreshed: the margin before its end, or half its life where that is shorter.
    #[must_use]
    pub fn refresh_at(&self, issued_at: Timestamp, expires_at: Timestamp) -> Timestamp {
        let lifetime = expires_at.duration_since(issued_at);
        if lifetime > self.expiry_margin { expires_at - self.expiry_margin } else { expires_at - lifetime / 2 }
    }

    /// How long a sign-in of another tab may be under way: the request and its answer may each take as long as
    /// [`retry_spacing`](Self::retry_spacing) says.
    #[must_use]
    pub fn sign_in_lease(&self) -> Duration {
        self.retry_spacing * 2
    }

    /// How long one holder may be seen with a lock before it counts as gone.
    #[must_use]
    pub fn lease(&self) -> Duration {
        self.request_timeout + self.lease_margin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    #[test]
    fn a_refresh_is_due_exactly_sixty_seconds_before_expiry() {
        let policy = RefreshPolicy::default();
        let judge = |now| policy.freshness(at(0), Some(at(300)), now);
        assert_eq!(judge(Timestamp::from_millis(239_999)), Freshness::Fresh);
        assert_eq!(judge(at(240)), Freshness::Due);
        assert_eq!(judge(Timestamp::from_millis(299_999)), Freshness::Due);
        assert_eq!(judge(at(300)), Freshness::Expired);
    }

    #[test]
    fn a_lock_outlasts_the_request_and_a_sign_in_its_way_there_and_back() {
        let policy = RefreshPolicy::default();
        assert_eq!(policy.lease(), Duration::from_secs(17));
        assert_eq!(policy.sign_in_lease(), Duration::from_secs(62));
    }

    #[test]
    fn a_token_that_does_not_say_when_it_expires_is_fresh_until_it_is_refused() {
        assert_eq!(RefreshPolicy::default().freshness(at(0), None, at(1_000_000)), Freshness::Fresh);
    }

    #[test]
    fn a_lifetime_shorter_than_the_margin_is_refreshed_at_half_its_life() {
        let policy = RefreshPolicy::default();
        assert_eq!(policy.refresh_at(at(100), at(140)), at(120));
        assert_eq!(policy.refresh_at(at(100), at(160)), at(130));
        assert_eq!(policy.refresh_at(at(100), at(161)), at(101));
    }

    #[test]
    fn a_token_that_expires_before_it_was_issued_is_expired() {
        let policy = RefreshPolicy::default();
        assert_eq!(policy.freshness(at(100), Some(at(50)), at(100)), Freshness::Expired);
    }
}
