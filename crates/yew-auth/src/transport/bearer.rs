//! Tokens that the page holds and sends itself.

use web_sys::RequestCredentials;

use super::{Header, Origin, TokenResponse, Transport};
use yew_auth_session::{AccessToken, Claims, CredentialKind, Credentials, IssuedTokens, SessionId};

/// The page holds both tokens and sends the access token as `Authorization: Bearer` (RFC 6750 section 2.1), to the
/// configured origin only.
///
/// The tokens are in `localStorage`, so a script that is injected into the page can read them. Prefer
/// [`Cookie`](super::Cookie) where the backend can share the page's origin.
///
/// # Example
///
/// ```
/// use yew_auth::transport::Bearer;
/// use yew_auth::{AuthConfig, Origin};
///
/// let api = Origin::new("https://api.example")?;
/// assert_eq!(AuthConfig::bearer(api.clone()), AuthConfig::over(Bearer::new(api)));
/// # Ok::<(), yew_auth::InvalidOrigin>(())
/// ```
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

    fn kind(&self) -> CredentialKind {
        CredentialKind::Bearer
    }

    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::Omit
    }

    fn headers(&self, _: Option<&SessionId>) -> Vec<Header> {
        Vec::new()
    }

    fn authorize(&self, access: Option<&AccessToken>) -> Vec<Header> {
        access.map(|token| ("authorization", format!("Bearer {}", token.secret()))).into_iter().collect()
    }

    /// The claims of a token take precedence over what the answer says about it.
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

    fn answer(access: Option<&str>, refresh: Option<&str>) -> TokenResponse {
        TokenResponse {
            access: access.map(|token| AccessToken::new(token).unwrap()),
            refresh: refresh.map(|token| RefreshToken::new(token).unwrap()),
            access_expires_at: Some(END),
            ..TokenResponse::default()
        }
    }

    fn bearer() -> Bearer {
        Bearer::new(Origin::same_origin())
    }

    #[test]
    fn s10_over_bearer_tokens_an_answer_that_lacks_a_token_grants_nothing() {
        assert_eq!(bearer().grant(TokenResponse::default()), None);
        assert_eq!(bearer().grant(answer(Some("a"), None)), None);
        assert_eq!(bearer().grant(answer(None, Some("r"))), None);
    }

    #[test]
    fn the_claims_of_a_token_take_precedence_over_the_answer() {
        // {"alg":"HS256"}.{"exp":500,"iat":400}
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjUwMCwiaWF0Ijo0MDB9.c2ln";
        let tokens = bearer().grant(answer(Some(token), Some("r"))).unwrap();
        assert_eq!(tokens.access_expires_at, Some(Timestamp::from_secs(500)));
        assert_eq!(tokens.access_issued_at, Some(Timestamp::from_secs(400)));
        let opaque = bearer().grant(answer(Some("a"), Some("r"))).unwrap();
        assert_eq!(opaque.access_expires_at, Some(END));
    }
}
