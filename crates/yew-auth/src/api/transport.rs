//! How a session's credentials travel between the page and the backend.

use std::fmt;

use web_sys::RequestCredentials;

use super::origin::Origin;
use super::token_response::TokenResponse;
use yew_auth_session::{AccessToken, Claims, Credentials, IssuedTokens};

/// A header of a request.
pub type Header = (&'static str, String);

/// How credentials travel, and where to. The session machine is the same for every transport.
///
/// Two that print alike by [`Debug`](fmt::Debug) count as one: a provider does not start anew for the other.
pub trait Transport: fmt::Debug {
    /// The origin of the backend.
    fn base(&self) -> Origin;

    /// Whether the browser adds cookies. Where it does, all tabs share them: sign-in, refresh and sign-out are then sent
    /// one at a time.
    fn cookies(&self) -> RequestCredentials;

    /// The headers that every request has, signed in or not.
    fn headers(&self) -> Vec<Header>;

    /// The headers that prove a request's right.
    fn authorize(&self, access: Option<&AccessToken>) -> Vec<Header>;

    /// What an answer grants; `None` when this transport cannot do with it.
    fn grant(&self, answer: TokenResponse) -> Option<IssuedTokens>;
}

/// Both tokens in HttpOnly cookies of the page's own origin, where no script can read them. The backend must be one
/// that puts them there (`COOKIE_MODE=1` of this project's), and must be served from the page's origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cookie;

impl Transport for Cookie {
    fn base(&self) -> Origin {
        Origin::same_origin()
    }

    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::SameOrigin
    }

    /// A page of another origin can add a header only after a preflight, which the backend refuses (Fetch standard,
    /// CORS-preflight): a request that has it is the app's own.
    fn headers(&self) -> Vec<Header> {
        vec![("x-csrf", "1".to_owned())]
    }

    fn authorize(&self, _: Option<&AccessToken>) -> Vec<Header> {
        Vec::new()
    }

    /// A token in an answer's body is a token in a script's hands: whoever sends one is not the backend that was meant.
    /// Without tokens, the time is all that tells an answer from an error that is dressed as one.
    fn grant(&self, answer: TokenResponse) -> Option<IssuedTokens> {
        let is_meant = answer.access.is_none() && answer.refresh.is_none() && answer.access_expires_at.is_some();
        is_meant.then_some(IssuedTokens {
            credentials: Credentials::Cookie,
            access_issued_at: answer.access_issued_at,
            access_expires_at: answer.access_expires_at,
            refresh_expires_at: answer.refresh_expires_at,
            session_ends_at: answer.session_ends_at,
        })
    }
}

/// Both tokens in the page's hands; `Authorization: Bearer` (RFC 6750 section 2.1) to the configured origin alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    base: Origin,
}

impl Bearer {
    /// A backend at `base`, which may be another origin than the page's.
    #[must_use]
    pub fn new(base: Origin) -> Self {
        Self { base }
    }
}

impl Transport for Bearer {
    fn base(&self) -> Origin {
        self.base.clone()
    }

    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::Omit
    }

    fn headers(&self) -> Vec<Header> {
        Vec::new()
    }

    fn authorize(&self, access: Option<&AccessToken>) -> Vec<Header> {
        access.map(|token| ("authorization", format!("Bearer {}", token.secret()))).into_iter().collect()
    }

    /// What a token says of its own life counts more than what is said of it.
    fn grant(&self, answer: TokenResponse) -> Option<IssuedTokens> {
        let (access, refresh) = (answer.access?, answer.refresh?);
        let claims = Claims::read_unverified(&access).ok();
        let refresh_expires_at =
            answer.refresh_expires_at.or_else(|| Claims::read_unverified_refresh(&refresh).ok()?.expires_at);
        Some(IssuedTokens {
            access_issued_at: claims.and_then(|claims| claims.issued_at).or(answer.access_issued_at),
            access_expires_at: claims.and_then(|claims| claims.expires_at).or(answer.access_expires_at),
            refresh_expires_at,
            session_ends_at: answer.session_ends_at,
            credentials: Credentials::Bearer { access, refresh },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yew_auth_session::{RefreshToken, Timestamp};

    const END: Timestamp = Timestamp::from_secs(1_000);

    fn answer(access: Option<&str>, refresh: Option<&str>, access_expires_at: Option<Timestamp>) -> TokenResponse {
        TokenResponse {
            access: access.map(|token| AccessToken::new(token).unwrap()),
            refresh: refresh.map(|token| RefreshToken::new(token).unwrap()),
            access_expires_at,
            ..TokenResponse::default()
        }
    }

    #[test]
    fn t1_over_cookies_an_answer_with_a_token_grants_nothing() {
        assert_eq!(Cookie.grant(answer(Some("a"), None, Some(END))), None);
        assert_eq!(Cookie.grant(answer(None, Some("r"), Some(END))), None);
        let grant = Cookie.grant(answer(None, None, Some(END))).unwrap();
        assert_eq!((grant.credentials, grant.access_expires_at), (Credentials::Cookie, Some(END)));
    }

    #[test]
    fn s10_an_error_that_is_dressed_as_an_answer_grants_nothing_over_either_transport() {
        assert_eq!(Cookie.grant(TokenResponse::default()), None);
        let bearer = Bearer::new(Origin::same_origin());
        assert_eq!(bearer.grant(TokenResponse::default()), None);
        assert_eq!(bearer.grant(answer(Some("a"), None, Some(END))), None);
        assert_eq!(bearer.grant(answer(None, Some("r"), Some(END))), None);
    }

    #[test]
    fn the_claims_of_a_token_count_more_than_what_is_said_of_it() {
        // {"alg":"HS256"}.{"exp":500,"iat":400}
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjUwMCwiaWF0Ijo0MDB9.c2ln";
        let bearer = Bearer::new(Origin::same_origin());
        let grant = bearer.grant(answer(Some(token), Some("r"), Some(END))).unwrap();
        assert_eq!(grant.access_expires_at, Some(Timestamp::from_secs(500)));
        assert_eq!(grant.access_issued_at, Some(Timestamp::from_secs(400)));
        let opaque = bearer.grant(answer(Some("a"), Some("r"), Some(END))).unwrap();
        assert_eq!(opaque.access_expires_at, Some(END));
    }
}
