//! What a request may carry at the moment it is sent.

use super::session_id::SessionId;
use super::state::{Degradation, SignOutReason};
use super::token::AccessToken;
use super::token_id::TokenId;

/// What the session machine answers to "may I send this request now?".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Authorization {
    /// Yes, with this.
    Ready {
        /// The access token; `None` when a cookie holds it.
        access: Option<AccessToken>,
        /// The session that the request names, if its cookies are named after it.
        session: Option<SessionId>,
        /// Identifies the token: hand it back if the API answers 401, and never replay a request with the same one.
        token: TokenId,
    },
    /// Not yet: a refresh is under way, or the session is still being read. Ask again after the next change.
    Pending,
    /// Not now: the token has expired and cannot be renewed at the moment.
    Unavailable(Degradation),
    /// No: nobody is signed in.
    Unauthenticated(SignOutReason),
}
