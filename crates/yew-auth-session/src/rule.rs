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
    /// Distrust the estimate of the server's clock after a jump of ours.
    ClockJump,
    /// Keep a distance between two tries with one token.
    Spacing,
    /// Leave the server alone for as long as it asks.
    RetryAfter,
    /// A failure that is not the server's final no is not the end of the session.
    TransientIsNotFinal,
    /// Commit an answer only to the session that asked for it.
    CommitGuard,
}
