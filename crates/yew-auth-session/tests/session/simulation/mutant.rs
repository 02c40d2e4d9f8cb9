//! Faults put in on purpose, to show that the invariants see them.

use yew_auth_session::Rule;

/// One thing done wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// The machine does not keep this rule.
    Without(Rule),
    /// The server kills a family over a refresh token that is presented twice, even when the first answer was lost.
    StrictRotation,
    /// Polls start by the clock, whether or not the one before has ended.
    PollsByInterval,
    /// The client hands a 401 on to the page instead of refreshing and trying once more.
    NoReplay,
    /// Sign-in and sign-out over cookies do not wait for the lock.
    WithoutLock,
    /// The server acts for the newest session whose cookies it is sent, whichever session the request names.
    IgnoresNames,
    /// A page shows what it is sent, whoever it has shown when it asked.
    ShowsAnyAnswer,
}
