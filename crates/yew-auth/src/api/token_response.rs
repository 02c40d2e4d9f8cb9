//! What an answer says of the tokens that it grants.

use yew_auth_session::{AccessToken, RefreshToken, Timestamp};

/// The answer to a sign-in or a refresh, before a [`Transport`](super::Transport) has made a grant of it. Times are the
/// server's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenResponse {
    /// The access token, where the body has one.
    pub access: Option<AccessToken>,
    /// The refresh token, where the body has one.
    pub refresh: Option<RefreshToken>,
    /// When the access token was issued.
    pub access_issued_at: Option<Timestamp>,
    /// When the access token expires.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token expires.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends for good.
    pub session_ends_at: Option<Timestamp>,
}
