//! Requests under way.

use std::fmt;
use std::time::Duration;

use yew_auth_session::{AccessToken, Generation, RefreshToken, Revocation, Ticket};

use super::clock::Instant;
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
    /// What it holds the lock with.
    pub owner: Option<LockOwner>,
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
        generation: Generation,
        replayed: bool,
        family: Family,
    },
    Revoke {
        revocation: Revocation,
        token: Option<RefreshToken>,
    },
    /// The backend ends the session that the browser had.
    SignIn {
        user: UserName,
        sent: Duration,
        replaced: Option<RefreshToken>,
    },
}

/// What comes back.
#[derive(Clone, Debug)]
pub enum Answer {
    Issued(Box<Issued>),
    Posts(UserName),
    SignedOut,
    Refused(Refusal),
    Fault(Fault),
    /// The network failed.
    Broken,
}

impl fmt::Display for Purpose {
    /// With the tokens: here they are no secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refresh { token, .. } => {
                write!(f, "a refresh with {}", secret(token.as_ref().map(RefreshToken::secret)))
            }
            Self::Poll { token, generation, replayed, .. } => {
                let token = secret(token.as_ref().map(AccessToken::secret));
                let again = if *replayed { " again" } else { "" };
                write!(f, "a poll with {token} of generation {}{again}", generation.get())
            }
            Self::Revoke { token, .. } => {
                write!(f, "a revocation of {}", secret(token.as_ref().map(RefreshToken::secret)))
            }
            Self::SignIn { user, .. } => write!(f, "a sign-in of {user}"),
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
            Self::Posts(user) => write!(f, "{user}'s posts"),
            Self::SignedOut => f.write_str("the word that the session is over"),
            Self::Refused(refusal) => write!(f, "401 ({refusal:?})"),
            Self::Fault(fault) => write!(f, "{fault:?}"),
            Self::Broken => f.write_str("a network error"),
        }
    }
}
