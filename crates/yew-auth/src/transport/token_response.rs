//! What an answer says about the tokens that it grants.

use yew_auth_session::{AccessToken, RefreshToken, SessionId, Timestamp};

/// The answer to a sign-in or a refresh, as read from its body. A [`Transport`](super::Transport) turns it into
/// [`IssuedTokens`](yew_auth_session::IssuedTokens). Times are on the server's clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenResponse {
    /// The session that the cookies of the answer are named after, if the body says so.
    pub session: Option<SessionId>,
    /// The access token, if the body has one.
    pub access: Option<AccessToken>,
    /// The refresh token, if the body has one.
    pub refresh: Option<RefreshToken>,
    /// When the access token was issued.
    pub access_issued_at: Option<Timestamp>,
    /// When the access token expires.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends, however often it is refreshed.
    pub session_ends_at: Option<Timestamp>,
}
