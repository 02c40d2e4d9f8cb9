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
    /// Keep a pause that this tab has heard of itself, whatever others make of it.
    OwnPause,
    /// Tell the other tabs that the estimate of the server's clock is void.
    SharedClockDoubt,
    /// Mark a sign-in in the record before it is sent.
    SignInMark,
    /// A sign-out cancels the sign-ins under way.
    CancelSignIns,
    /// Drop the list of the browser's sessions if the record has changed since it was asked for.
    FreshList,
}
