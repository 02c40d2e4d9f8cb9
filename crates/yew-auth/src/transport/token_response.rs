//! What an answer says about the tokens that it grants.

use std::time::Duration;

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
    /// How long the access token lives, if the body says that rather than when it expires.
    pub access_lifetime: Option<Duration>,
    /// When the refresh token expires.
    pub refresh_expires_at: Option<Timestamp>,
    /// When the session ends, however often it is refreshed.
    pub session_ends_at: Option<Timestamp>,
    /// The session cannot be refreshed: it lasts until it expires or the backend ends it.
    pub cannot_be_refreshed: bool,
    /// The body says that a cookie holds the refresh token.
    pub refresh_is_withheld: bool,
}

impl TokenResponse {
    /// Adds what the answer says by its `Date`, which is when the access token was issued. Without one, this machine's
    /// clock has to do.
    pub(crate) fn issued(mut self, server_time: Option<Timestamp>, wall: Timestamp) -> Self {
        self.access_issued_at = self.access_issued_at.or(server_time);
        let expiry = self.access_lifetime.map(|lifetime| self.access_issued_at.unwrap_or(wall) + lifetime);
        self.access_expires_at = self.access_expires_at.or(expiry);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUED: Timestamp = Timestamp::from_secs(1_000);

    #[test]
    fn a_lifetime_begins_when_the_answer_was_made() {
        let answer = TokenResponse { access_lifetime: Some(Duration::from_secs(300)), ..TokenResponse::default() };
        let issued = answer.clone().issued(Some(ISSUED), Timestamp::from_secs(5));
        assert_eq!(issued.access_expires_at, Some(Timestamp::from_secs(1_300)));
        assert_eq!(issued.access_issued_at, Some(ISSUED));
        let without_date = answer.issued(None, Timestamp::from_secs(5));
        assert_eq!(without_date.access_expires_at, Some(Timestamp::from_secs(305)));
        assert_eq!(without_date.access_issued_at, None);
    }

    #[test]
    fn what_the_body_says_takes_precedence_over_the_date() {
        let answer = TokenResponse {
            access_issued_at: Some(ISSUED),
            access_expires_at: Some(Timestamp::from_secs(2_000)),
            ..TokenResponse::default()
        };
        assert_eq!(answer.clone().issued(Some(Timestamp::from_secs(7)), Timestamp::from_secs(5)), answer);
    }
}
