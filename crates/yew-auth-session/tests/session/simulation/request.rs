//! Requests under way.

use std::fmt;
use std::time::Duration;

use yew_auth_session::{AccessToken, FoundSession, RefreshToken, Revocation, SignInId, Ticket, Timestamp, TokenId};

use super::clock::Instant;
use super::cookies::{Jar, SetCookie};
use super::lock::{LockOwner, PageId};
use super::network::Fault;
use super::server::{Family, Issued, Refusal, UserName};

pub type RequestId = usize;

/// A request, from its sending until its page has the answer or has given it up.
#[derive(Debug)]
pub struct Request {
    pub page: PageId,
    pub purpose: Purpose,
    pub sent: Instant,
    /// Its page still waits for it.
    pub open: bool,
    /// When its page has stopped to wait for it without an answer.
    pub dropped: Option<Instant>,
    /// What it holds the lock with.
    pub owner: Option<LockOwner>,
    /// The cookies that the browser sent with it.
    pub cookies: Jar,
    /// What the answer does to the cookies.
    pub sets: Vec<SetCookie>,
}

/// What a request is for, and what it presents.
#[derive(Clone, Debug)]
pub enum Purpose {
    Refresh {
        ticket: Ticket,
        token: Option<RefreshToken>,
        family: Option<Family>,
    },
    Poll {
        token: Option<AccessToken>,
        id: TokenId,
        replayed: bool,
        /// The session that the page shows.
        family: Family,
    },
    Revoke {
        revocation: Revocation,
        token: Option<RefreshToken>,
        /// The session that is meant, where the revocation says so.
        family: Option<Family>,
    },
    SignIn {
        user: UserName,
        attempt: SignInId,
        started: Instant,
        sent: Duration,
        /// The backend ends the session that the browser had, where cookies have fixed names.
        replaced: Option<RefreshToken>,
    },
    AskSessions {
        ticket: Ticket,
        sent: Duration,
    },
}

/// What comes back.
#[derive(Clone, Debug)]
pub enum Answer {
    Issued(Box<Issued>),
    Posts(Family, UserName),
    /// The session lives.
    Confirmed,
    SignedOut,
    Sessions {
        found: Vec<FoundSession>,
        server_time: Option<Timestamp>,
    },
    Refused(Refusal),
    /// 409: the browser holds cookies of another session.
    AnotherSession,
    Fault(Fault),
    /// The network failed.
    Broken,
}

impl fmt::Display for Purpose {
    /// With the tokens: here they are no secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refresh { token, family, .. } => {
                write!(f, "a refresh of session {family:?} with {}", secret(token.as_ref().map(RefreshToken::secret)))
            }
            Self::Poll { token, family, replayed, .. } => {
                let token = secret(token.as_ref().map(AccessToken::secret));
                let again = if *replayed { " again" } else { "" };
                write!(f, "a poll of session {family} with {token}{again}")
            }
            Self::Revoke { token, family, .. } => {
                let token = secret(token.as_ref().map(RefreshToken::secret));
                write!(f, "a revocation of session {family:?} with {token}")
            }
            Self::SignIn { user, .. } => write!(f, "a sign-in of {user}"),
            Self::AskSessions { .. } => f.write_str("the question which sessions there are"),
        }
    }
}

fn secret(token: Option<&str>) -> &str {
    token.unwrap_or("nothing")
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issued(issued) => write!(f, "{} and {}", issued.access.secret(), issued.refresh.secret()),
            Self::Posts(family, user) => write!(f, "{user}'s posts, for session {family}"),
            Self::Confirmed => f.write_str("the word that the session lives"),
            Self::SignedOut => f.write_str("the word that the session is over"),
            Self::Sessions { found, .. } => {
                let sessions: Vec<_> = found.iter().map(|found| &found.user.last_name).collect();
                write!(f, "sessions {sessions:?}")
            }
            Self::Refused(refusal) => write!(f, "401 ({refusal:?})"),
            Self::AnotherSession => f.write_str("409 (another session)"),
            Self::Fault(fault) => write!(f, "{fault:?}"),
            Self::Broken => f.write_str("a network error"),
        }
    }
}
