//! The invariants, and what has to be remembered to judge them.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;

use super::clock::Instant;
use super::lock::PageId;
use super::server::{Family, UserName};

/// What must hold whatever happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Invariant {
    OneRefreshInRequest,
    NoExpiredToken,
    SignOutIsFinal,
    LostAnswerRecovered,
    TransientFailuresKeepSession,
    OneEndPerTab,
    NoUnauthorizedReachesPage,
    PollsNeverOverlap,
    RefreshRateBounded,
    RetryAfterHonoured,
    NeverStuck,
    NoReuseDetected,
    NoSupersededToken,
    NewerCookiesKept,
    OwnDataOnly,
    ServedAsShown,
    RevocationEndsItsSession,
    AcceptedSignInShownOrRevoked,
}

impl Invariant {
    const fn text(self) -> &'static str {
        match self {
            Self::OneRefreshInRequest => "one refresh in request over all tabs",
            Self::NoExpiredToken => "no expired access token is sent",
            Self::SignOutIsFinal => "signed out means no token within 25 s awake, and is never undone",
            Self::LostAnswerRecovered => "a lost refresh answer is recovered",
            Self::TransientFailuresKeepSession => "5xx, 429 and the network never sign out",
            Self::OneEndPerTab => "a session ends once in each tab",
            Self::NoUnauthorizedReachesPage => "no 401 reaches the page while the session lives",
            Self::PollsNeverOverlap => "polls never overlap",
            Self::RefreshRateBounded => "at most 12 refreshes in 60 s",
            Self::RetryAfterHonoured => "Retry-After is honoured",
            Self::NeverStuck => "never stuck, and the tabs agree in the end",
            Self::NoReuseDetected => "the browser's own tabs never trip the reuse detection",
            Self::NoSupersededToken => "no superseded token is sent",
            Self::NewerCookiesKept => "no late answer of a tab that is awake replaces the cookies of a newer sign-in",
            Self::OwnDataOnly => "no page shows a person's data under another person's name",
            Self::ServedAsShown => "no request is served for a session other than the one its page showed",
            Self::RevocationEndsItsSession => "a revocation ends only the session it was meant for",
            Self::AcceptedSignInShownOrRevoked => "a sign-in that the server has accepted is shown or revoked",
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
    /// The pages whose lock was stolen: by which page, and when last.
    pub robbed: HashMap<PageId, (PageId, Instant)>,
    /// When wall and monotonic clock moved apart.
    pub clock_moves: Vec<ClockMove>,
    /// Some page has got an event since the last of these.
    pub is_watched: bool,
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
    pub server_pause: Option<ServerPause>,
    /// When somebody has signed out last.
    pub signed_out: Option<Instant>,
    /// With fixed names: the sessions whose sign-in was sent without the lock.
    pub signed_in_without_lock: HashSet<Family>,
    /// How often somebody has tried to sign in.
    pub sign_ins: u64,
    /// Sessions whose record was lost before the hour began. The newest is taken up; nobody has to know the others.
    pub unclaimed: HashSet<Family>,
    /// What the person is about to do.
    pub signing_in_as: Option<UserName>,
}

/// The wall clock has moved against the monotonic one: it was set, or the machine slept.
#[derive(Clone, Copy, Debug)]
pub struct ClockMove {
    pub at: Instant,
    /// In milliseconds.
    pub by: i64,
    pub is_jump: bool,
    /// Some page got an event between the move before and this one.
    pub was_watched: bool,
}

/// A `Retry-After` that a page has heard.
#[derive(Clone, Copy, Debug)]
pub struct ServerPause {
    pub family: Option<Family>,
    pub heard: Instant,
    pub until: Instant,
    /// How long a page waits for it whose clock stands still while the machine sleeps.
    pub waits_until: Instant,
}
