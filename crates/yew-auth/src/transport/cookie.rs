//! Tokens in cookies that scripts cannot read.

use web_sys::RequestCredentials;

use super::{Header, Origin, TokenResponse, Transport};
use yew_auth_session::{AccessToken, Credentials, IssuedTokens};

/// Both tokens in HttpOnly cookies of the page's own origin, which no script can read.
///
/// The backend must set such cookies (for this repository's backend: `COOKIE_MODE=1`) and must be served from the page's
/// origin.
///
/// # Example
///
/// ```
/// use yew_auth::AuthConfig;
/// use yew_auth::transport::Cookie;
///
/// assert_eq!(AuthConfig::cookie(), AuthConfig::over(Cookie::default()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cookie {}

impl Transport for Cookie {
    fn base(&self) -> Origin {
        Origin::same_origin()
    }

    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::SameOrigin
    }

    /// A page of another origin can add this header only after a preflight, which the backend refuses (Fetch standard,
    /// CORS-preflight fetch). So a request that has it comes from the app.
    fn headers(&self) -> Vec<Header> {
        vec![("x-csrf", "1".to_owned())]
    }

    fn authorize(&self, _: Option<&AccessToken>) -> Vec<Header> {
        Vec::new()
    }

    /// A token in the body would be within reach of scripts, so an answer with one does not come from the right backend.
    /// Without tokens, the time of expiry distinguishes a grant from an error that looks like one.
    fn grant(&self, answer: TokenResponse) -> Option<IssuedTokens> {
        let is_grant = answer.access.is_none() && answer.refresh.is_none() && answer.access_expires_at.is_some();
        is_grant.then_some(IssuedTokens {
            credentials: Credentials::Cookie,
            access_issued_at: answer.access_issued_at,
            access_expires_at: answer.access_expires_at,
            refresh_expires_at: answer.refresh_expires_at,
            session_ends_at: answer.session_ends_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yew_auth_session::{RefreshToken, Timestamp};

    const END: Timestamp = Timestamp::from_secs(1_000);

    #[test]
    fn t1_over_cookies_an_answer_with_a_token_grants_nothing() {
        let answer = TokenResponse { access_expires_at: Some(END), ..TokenResponse::default() };
        let with_access = TokenResponse { access: AccessToken::new("a").ok(), ..answer.clone() };
        let with_refresh = TokenResponse { refresh: RefreshToken::new("r").ok(), ..answer.clone() };
        assert_eq!(Cookie::default().grant(with_access), None);
        assert_eq!(Cookie::default().grant(with_refresh), None);
        let tokens = Cookie::default().grant(answer).unwrap();
        assert_eq!((tokens.credentials, tokens.access_expires_at), (Credentials::Cookie, Some(END)));
    }

    #[test]
    fn s10_over_cookies_an_error_that_looks_like_a_grant_grants_nothing() {
        assert_eq!(Cookie::default().grant(TokenResponse::default()), None);
    }
}
