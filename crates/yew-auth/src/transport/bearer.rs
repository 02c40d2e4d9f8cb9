//! Tokens that the page holds and sends itself.

use web_sys::RequestCredentials;

#[cfg(feature = "dpop")]
use super::Dpop;
use super::{Header, Origin, TokenResponse, Transport};
use crate::answer_error::AnswerError;
use crate::misconfiguration::Misconfiguration;
use yew_auth_session::{Claims, CredentialKind, Credentials, IssuedTokens, SessionId};

/// The page holds the tokens and sends the access token in a header (RFC 6750 section 2.1), to the configured origin only.
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
    #[cfg(feature = "dpop")]
    dpop: Option<Dpop>,
}

impl Bearer {
    /// A backend at `base`, which may be another origin than the page's.
    #[must_use]
    pub fn new(base: Origin) -> Self {
        Self {
            base,
            #[cfg(feature = "dpop")]
            dpop: None,
        }
    }

    /// Binds each session to a key of this browser (DPoP, RFC 9449), so that tokens that are read out of `localStorage` are
    /// of no use elsewhere. The key is kept in IndexedDB and cannot be extracted. It needs a page from https or localhost,
    /// and a backend that understands proofs, such as yew-auth-django.
    ///
    /// An injected script can still send requests through the page for as long as it is open.
    ///
    /// ```
    /// use yew_auth::transport::Bearer;
    /// use yew_auth::{AuthConfig, Origin};
    ///
    /// let config = AuthConfig::over(Bearer::new(Origin::new("https://api.example")?).with_dpop());
    /// # Ok::<(), yew_auth::InvalidOrigin>(())
    /// ```
    #[cfg(feature = "dpop")]
    #[cfg_attr(docsrs, doc(cfg(feature = "dpop")))]
    #[must_use]
    pub fn with_dpop(self) -> Self {
        let dpop = Dpop::new(self.base.as_str().to_owned());
        Self { dpop: Some(dpop), ..self }
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

    #[cfg(feature = "dpop")]
    fn dpop(&self) -> Option<&Dpop> {
        self.dpop.as_ref()
    }

    /// The claims of a token take precedence over what the answer says about it.
    fn grant(&self, answer: TokenResponse) -> Result<IssuedTokens, AnswerError> {
        let access = answer.access.ok_or(AnswerError::Lacks("an access token"))?;
        if answer.refresh.is_none() && !answer.cannot_be_refreshed {
            return Err(match answer.refresh_is_withheld {
                true => Misconfiguration::RefreshTokenWithheld.into(),
                false => AnswerError::Lacks("a refresh token"),
            });
        }
        let claims = Claims::read_unverified(&access).ok();
        let refresh_claims = answer.refresh.as_ref().and_then(|token| Claims::read_unverified_refresh(token).ok());
        let access_expires_at = claims.and_then(|claims| claims.expires_at).or(answer.access_expires_at);
        // What cannot be refreshed ends with its token.
        let end = if answer.refresh.is_none() { access_expires_at } else { None };
        Ok(IssuedTokens {
            access_issued_at: claims.and_then(|claims| claims.issued_at).or(answer.access_issued_at),
            access_expires_at,
            refresh_expires_at: answer.refresh_expires_at.or(refresh_claims.and_then(|claims| claims.expires_at)),
            session_ends_at: answer.session_ends_at.or(end),
            credentials: Credentials::Bearer { access, refresh: answer.refresh },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yew_auth_session::{AccessToken, RefreshToken, Timestamp};

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
        let no_access = Err(AnswerError::Lacks("an access token"));
        assert_eq!(bearer().grant(TokenResponse::default()), no_access);
        assert_eq!(bearer().grant(answer(None, Some("r"))), no_access);
        assert_eq!(bearer().grant(answer(Some("a"), None)), Err(AnswerError::Lacks("a refresh token")));
    }

    #[test]
    fn c16_a_refresh_token_that_the_backend_withholds_is_a_misconfiguration() {
        let withheld = TokenResponse { refresh_is_withheld: true, ..answer(Some("a"), None) };
        assert_eq!(bearer().grant(withheld), Err(Misconfiguration::RefreshTokenWithheld.into()));
    }

    #[test]
    fn a_session_that_cannot_be_refreshed_ends_with_its_token() {
        let single = TokenResponse { cannot_be_refreshed: true, ..answer(Some("a"), None) };
        assert_eq!(bearer().grant(single.clone()).unwrap().session_ends_at, Some(END));
        let lasting = TokenResponse { access_expires_at: None, ..single };
        assert_eq!(bearer().grant(lasting).unwrap().session_ends_at, None);
        assert_eq!(bearer().grant(answer(Some("a"), Some("r"))).unwrap().session_ends_at, None);
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

    #[cfg(feature = "dpop")]
    #[test]
    fn transports_with_the_same_key_are_equal() {
        let (here, elsewhere) = (Bearer::new(Origin::same_origin()), Origin::new("https://api.example").unwrap());
        assert_eq!(here.clone().with_dpop(), here.clone().with_dpop());
        assert_ne!(here.clone().with_dpop(), Bearer::new(elsewhere).with_dpop());
        assert_ne!(here.clone().with_dpop(), here);
    }
}
