//! Tokens in cookies that scripts cannot read.

use web_sys::RequestCredentials;

use super::{Header, Origin, TokenResponse, Transport};
use crate::answer_error::AnswerError;
use crate::browser::storage::cookies;
use crate::misconfiguration::Misconfiguration;
use yew_auth_session::{CredentialKind, Credentials, IssuedTokens, SessionId};

/// Both tokens in HttpOnly cookies of the page's own origin, which no script can read.
///
/// By default the cookies are named after their session, as this repository's backend does (`COOKIE_MODE=1`). Every
/// request says which session it is for, in the header `X-Session-Id`. So a late answer touches only the cookies of its
/// own session, and no request is served for another session than the page shows.
///
/// [`with_fixed_names`](Self::with_fixed_names) is for backends whose cookies have the same names in every session.
///
/// # Example
///
/// ```
/// use yew_auth::AuthConfig;
/// use yew_auth::transport::Cookie;
///
/// let our_backend = AuthConfig::cookie();
/// assert_eq!(our_backend, AuthConfig::over(Cookie::default()));
/// let stock_dj_rest_auth = AuthConfig::over(Cookie::with_fixed_names());
/// assert_ne!(our_backend, stock_dj_rest_auth);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cookie {
    has_fixed_names: bool,
}

impl Cookie {
    /// Cookies with the same names in every session, as stock dj-rest-auth sets them.
    ///
    /// Whoever signs in last owns these cookies, so sign-in, refresh and sign-out of all tabs are sent one at a time. An
    /// answer that arrives after its deadline can still replace or clear the cookies of a newer session. Every request has
    /// the header `X-CSRF: 1`, and Django's `X-CSRFToken` if the browser has the cookie `csrftoken`.
    #[must_use]
    pub fn with_fixed_names() -> Self {
        Self { has_fixed_names: true }
    }

    /// Which cookies the answer has set. An access token in its body is dropped unread: dj-rest-auth repeats there what is in
    /// the cookie.
    fn credentials(&self, answer: &TokenResponse) -> Result<Credentials, AnswerError> {
        let has_token = answer.access.is_some();
        if answer.refresh.is_some() || (has_token && answer.cannot_be_refreshed) {
            return Err(Misconfiguration::TokenInsteadOfCookies.into());
        }
        // An error that looks like a grant has neither.
        if !has_token && answer.access_expires_at.is_none() && !answer.cannot_be_refreshed {
            return Err(AnswerError::Lacks("the time at which the access token expires, in `access_expiration`"));
        }
        match (self.kind(), &answer.session) {
            (CredentialKind::SessionCookie, Some(session)) => {
                Ok(Credentials::SessionCookie { session: session.clone() })
            }
            (CredentialKind::SessionCookie, None) => Err(Misconfiguration::CookiesWithoutSession.into()),
            _ => Ok(Credentials::Cookie),
        }
    }
}

impl Transport for Cookie {
    fn base(&self) -> Origin {
        Origin::same_origin()
    }

    fn kind(&self) -> CredentialKind {
        if self.has_fixed_names { CredentialKind::Cookie } else { CredentialKind::SessionCookie }
    }

    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::SameOrigin
    }

    /// A page of another origin can add such a header only after a preflight, which the backend refuses (Fetch standard,
    /// CORS-preflight fetch). So a request that has it comes from the app.
    fn headers(&self, session: Option<&SessionId>) -> Vec<Header> {
        match self.kind() {
            CredentialKind::SessionCookie => {
                vec![("x-session-id", session.map_or("none", SessionId::as_str).to_owned())]
            }
            _ => {
                let token = csrf_token().map(|token| ("x-csrftoken", token));
                token.into_iter().chain([("x-csrf", "1".to_owned())]).collect()
            }
        }
    }

    /// A session id is public: it proves nothing without its cookies.
    fn query(&self, session: Option<&SessionId>) -> Option<Header> {
        session.map(|session| ("session", session.to_string()))
    }

    fn lacks_csrf_token(&self) -> bool {
        self.has_fixed_names && csrf_token().is_none()
    }

    fn grant(&self, answer: TokenResponse) -> Result<IssuedTokens, AnswerError> {
        Ok(IssuedTokens {
            credentials: self.credentials(&answer)?,
            access_issued_at: answer.access_issued_at,
            access_expires_at: answer.access_expires_at,
            refresh_expires_at: answer.refresh_expires_at,
            session_ends_at: answer.session_ends_at,
        })
    }
}

/// What Django compares with the header `X-CSRFToken`. A page of another site cannot read it.
fn csrf_token() -> Option<String> {
    cookies::value("csrftoken")
}

#[cfg(test)]
mod tests {
    use super::*;
    use yew_auth_session::{AccessToken, RefreshToken, Timestamp};

    const END: Timestamp = Timestamp::from_secs(1_000);

    fn session() -> SessionId {
        SessionId::new("0123456789abcdef0123456789abcdef").unwrap()
    }

    fn answer() -> TokenResponse {
        TokenResponse { session: Some(session()), access_expires_at: Some(END), ..TokenResponse::default() }
    }

    #[test]
    fn t1_over_cookies_an_access_token_in_the_body_is_dropped() {
        for cookie in [Cookie::default(), Cookie::with_fixed_names()] {
            let repeated = TokenResponse { access: AccessToken::new("canary").ok(), ..answer() };
            let tokens = cookie.grant(repeated).unwrap();
            assert_eq!((tokens.credentials.access_token(), tokens.access_expires_at), (None, Some(END)));
        }
    }

    #[test]
    fn over_cookies_an_answer_with_the_only_copy_of_a_token_is_a_misconfiguration() {
        let error = Err(Misconfiguration::TokenInsteadOfCookies.into());
        let with_refresh = TokenResponse { refresh: RefreshToken::new("r").ok(), ..answer() };
        let with_key =
            TokenResponse { access: AccessToken::new("k").ok(), cannot_be_refreshed: true, ..TokenResponse::default() };
        for cookie in [Cookie::default(), Cookie::with_fixed_names()] {
            assert_eq!(cookie.grant(with_refresh.clone()), error);
            assert_eq!(cookie.grant(with_key.clone()), error);
        }
    }

    #[test]
    fn a_session_cookie_needs_no_time_of_expiry() {
        let answer = TokenResponse { cannot_be_refreshed: true, ..TokenResponse::default() };
        assert_eq!(Cookie::with_fixed_names().grant(answer).unwrap().credentials, Credentials::Cookie);
    }

    #[test]
    fn s10_over_cookies_an_error_that_looks_like_a_grant_grants_nothing() {
        for cookie in [Cookie::default(), Cookie::with_fixed_names()] {
            assert!(matches!(cookie.grant(TokenResponse::default()), Err(AnswerError::Lacks(_))));
        }
    }

    #[test]
    fn cookies_that_are_named_after_their_session_need_an_answer_that_names_it() {
        let unnamed = TokenResponse { session: None, ..answer() };
        assert_eq!(Cookie::default().grant(unnamed.clone()), Err(Misconfiguration::CookiesWithoutSession.into()));
        let named = Cookie::default().grant(answer()).unwrap();
        assert_eq!(named.credentials, Credentials::SessionCookie { session: session() });
        assert_eq!(Cookie::with_fixed_names().grant(unnamed).unwrap().credentials, Credentials::Cookie);
    }

    #[test]
    fn every_request_names_the_session_of_the_page_or_says_that_it_has_none() {
        let cookie = Cookie::default();
        assert_eq!(cookie.headers(None), [("x-session-id", "none".to_owned())]);
        assert_eq!(cookie.headers(Some(&session())), [("x-session-id", session().to_string())]);
        assert_eq!(cookie.query(Some(&session())), Some(("session", session().to_string())));
        assert_eq!(cookie.query(None), None);
        assert_eq!(Cookie::with_fixed_names().headers(None), [("x-csrf", "1".to_owned())]);
    }
}
