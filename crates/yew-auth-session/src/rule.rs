//! The rules of the machine that a test may switch off.

/// A rule that the session machine keeps, each found by breaking it in the simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Refresh only while holding the lock.
    Lock,
    /// Read the shared record again once the lock is held.
    ReadAgainUnderLock,
    /// Take the lock from a holder that is gone.
    Steal,
    /// Take it only when its lease has been seen to be too old.
    StealNeedsOldLease,
    /// Judge expiry on the server's clock.
    ServerClock,
    /// Take the skew at the midpoint of the request.
    SkewAtMidpoint,
    /// Distrust the estimate of the server's clock after the local clock has jumped.
    ClockJump,
    /// Wait between two refreshes with one token.
    Spacing,
    /// Honour `Retry-After`.
    RetryAfter,
    /// A transient failure does not end the session.
    TransientIsNotFinal,
    /// Commit an answer only to the session that was presented.
    CommitGuard,
}
