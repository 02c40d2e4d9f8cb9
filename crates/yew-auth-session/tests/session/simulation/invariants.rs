//! The fourteen invariants, and what has to be remembered to judge them.

use std::collections::{HashMap, VecDeque};
use std::fmt;

use super::clock::Instant;
use super::server::{Family, UserName};

/// What must hold whatever happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Invariant {
    I1,
    I2,
    I3,
    I4,
    I5,
    I6,
    I7,
    I8,
    I9,
    I10,
    I11,
    I12,
    I13,
    I14,
}

impl Invariant {
    const fn text(self) -> &'static str {
        match self {
            Self::I1 => "one refresh in flight over all tabs",
            Self::I2 => "no expired access token is sent",
            Self::I3 => "signed out means no token within 25 s awake, and is never undone",
            Self::I4 => "a lost refresh answer is recovered",
            Self::I5 => "5xx, 429 and the network never sign out",
            Self::I6 => "a session ends once in each tab",
            Self::I7 => "no 401 reaches the page while the session lives",
            Self::I8 => "polls never overlap",
            Self::I9 => "at most 12 refreshes in 60 s",
            Self::I10 => "Retry-After is honoured",
            Self::I11 => "never stuck, and the tabs agree in the end",
            Self::I12 => "the browser's own tabs never trip the reuse detection",
            Self::I13 => "no superseded token is sent",
            Self::I14 => "no late answer of a tab that is awake replaces the cookies of a newer sign-in",
        }
    }
}

/// An invariant that was broken, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub invariant: Invariant,
    pub how: String,
    pub at: Instant,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({}): {}", self.invariant, self.invariant.text(), self.how)
    }
}

/// What the checks remember.
#[derive(Debug, Default)]
pub struct Checks {
    pub violation: Option<Violation>,
    /// Something has been wrong until then, in a way that may keep every tab from a token.
    pub disturbed_until: Instant,
    pub last_jump: Option<Instant>,
    /// When wall and monotonic clock moved apart.
    pub clock_moves: Vec<Instant>,
    /// The sessions that have ended in this browser, and when.
    pub over: HashMap<Family, Instant>,
    /// Those that the server is to be told of.
    pub to_revoke: Vec<Family>,
    /// A refresh that the server has granted and nobody has heard of.
    pub unheard_refresh: Option<Instant>,
    /// When the stored session was changed last.
    pub committed: Instant,
    /// The refreshes of the last minute.
    pub recent_refreshes: VecDeque<Instant>,
    pub refreshes: u64,
    pub polls: u64,
    /// What the server has asked for.
    pub patience: Option<Patience>,
    /// What the person is about to do.
    pub signing_in_as: Option<UserName>,
}

/// A `Retry-After` that a page has heard.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub family: Option<Family>,
    pub heard: Instant,
    pub until: Instant,
    /// How long a page waits for it whose clock stands still while the machine sleeps.
    pub waits_until: Instant,
}
