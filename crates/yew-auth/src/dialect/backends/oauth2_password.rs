//! A token endpoint of OAuth 2.0.

use super::{is_jwt, object_of, read_pair};
use crate::dialect::{AnswerError, ApiRequest, ApiResponse, Dialect, Login, SignInAnswer, read_user};
use crate::json;
use yew_auth_session::{AccessToken, Claims, RefreshToken, User};

/// A token endpoint that takes passwords (RFC 6749 section 4.3) and answers `access_token`, `expires_in` and perhaps
/// `refresh_token`, over [`Bearer`](crate::transport::Bearer) tokens. Django OAuth Toolkit has one, and so do many
/// backends in Rust, Go and Node.
///
/// Only its `invalid_grant` and `invalid_token` end a session, unless [`with_bare_401`](Self::with_bare_401) is set.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::OAuth2Password;
/// use yew_auth::transport::Bearer;
/// use yew_auth::{AuthConfig, Origin};
///
/// let dialect = OAuth2Password::new("/oauth/token").with_client_id("spa").with_user_path("/api/me");
/// let config = AuthConfig::new(dialect, Bearer::new(Origin::same_origin()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth2Password {
    token_path: String,
    revocation_path: Option<String>,
    user_path: Option<String>,
    client_id: Option<String>,
    scope: Option<String>,
    has_bare_401: bool,
}

impl OAuth2Password {
    /// The token endpoint (RFC 6749 section 3.2) at this path.
    #[must_use]
    pub fn new(token_path: impl Into<String>) -> Self {
        Self {
            token_path: token_path.into(),
            revocation_path: None,
            user_path: None,
            client_id: None,
            scope: None,
            has_bare_401: false,
        }
    }

    /// The path of the revocation endpoint (RFC 7009). Default: none.
    #[must_use]
    pub fn with_revocation_path(self, path: impl Into<String>) -> Self {
        Self { revocation_path: Some(path.into()), ..self }
    }

    /// The path at which the signed-in user is described. Default: none; the user is then what the claims of the access
    /// token say.
    #[must_use]
    pub fn with_user_path(self, path: impl Into<String>) -> Self {
        Self { user_path: Some(path.into()), ..self }
    }

    /// The public client identifier (RFC 6749 section 2.2). Default: none.
    #[must_use]
    pub fn with_client_id(self, id: impl Into<String>) -> Self {
        Self { client_id: Some(id.into()), ..self }
    }

    /// The scope to ask for (RFC 6749 section 3.3). Default: none.
    #[must_use]
    pub fn with_scope(self, scope: impl Into<String>) -> Self {
        Self { scope: Some(scope.into()), ..self }
    }

    /// Takes a 401 without a body as the backend's own word that the session has ended. Set it if no gateway before the
    /// backend writes such an answer.
    #[must_use]
    pub fn with_bare_401(self) -> Self {
        Self { has_bare_401: true, ..self }
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> ApiRequest {
        let client = self.client_id.as_deref().map(|id| ("client_id", id));
        let fields: Vec<_> = fields.iter().copied().chain(client).collect();
        ApiRequest::post(path).with_form(&fields)
    }
}

impl Dialect for OAuth2Password {
    fn sign_in(&self, login: &Login) -> ApiRequest {
        let fields = [("grant_type", "password"), ("username", login.name()), ("password", login.password())];
        let scope = self.scope.as_deref().map(|scope| ("scope", scope));
        self.form(&self.token_path, &fields.into_iter().chain(scope).collect::<Vec<_>>())
    }

    fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError> {
        let object = object_of(response)?;
        let mut tokens = read_pair(&object);
        tokens.access_lifetime = object.seconds("expires_in");
        tokens.cannot_be_refreshed = tokens.refresh.is_none();
        Ok(SignInAnswer::new(object.raw("user").and_then(read_user), tokens))
    }

    fn refresh(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", token?.secret())];
        Some(self.form(&self.token_path, &fields))
    }

    /// RFC 6749 section 5.2, RFC 6750 section 3.1.
    fn ends_session(&self, response: &ApiResponse) -> bool {
        let error = response.object().and_then(|object| object.text("error"));
        let is_final = error.is_some_and(|error| matches!(error.as_str(), "invalid_grant" | "invalid_token"));
        let is_bare = self.has_bare_401 && response.status() == 401 && response.is_empty();
        matches!(response.status(), 400 | 401) && is_final || is_bare
    }

    /// RFC 7009 section 2.1.
    fn sign_out(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        let fields = [("token", token?.secret()), ("token_type_hint", "refresh_token")];
        Some(self.form(self.revocation_path.as_deref()?, &fields))
    }

    fn user(&self) -> Option<ApiRequest> {
        self.user_path.clone().map(ApiRequest::get)
    }

    fn user_of_token(&self, access: &AccessToken) -> Option<User> {
        let claims: serde_json::Value = is_jwt(access).then(|| Claims::read_unverified_as(access).ok())??;
        read_user(&json::text(&claims))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn c10_only_the_token_endpoints_own_words_end_a_session() {
        let dialect = OAuth2Password::new("/token");
        let ends = |status, body: &str| dialect.ends_session(&ApiResponse::new(status, body));
        assert!(ends(400, r#"{"error":"invalid_grant"}"#) && ends(401, r#"{"error":"invalid_token"}"#));
        for (status, body) in [
            (401, ""),
            (401, r#"{"message":"Unauthorized"}"#),
            (401, r#"{"error":"invalid_client"}"#),
            (400, r#"{"error":"temporarily_unavailable"}"#),
            (500, r#"{"error":"invalid_grant"}"#),
        ] {
            assert!(!ends(status, body), "{status} {body}");
        }
    }

    #[test]
    fn a_bare_401_is_final_only_where_the_app_says_so() {
        let dialect = OAuth2Password::new("/token").with_bare_401();
        assert!(dialect.ends_session(&ApiResponse::new(401, "")));
        assert!(!dialect.ends_session(&ApiResponse::new(401, "<html>")));
        assert!(!dialect.ends_session(&ApiResponse::new(403, "")));
    }

    #[test]
    fn expires_in_may_be_a_number_or_a_text_and_a_refresh_token_may_be_missing() {
        let read =
            |body: &str| OAuth2Password::new("/token").read_sign_in(&ApiResponse::new(200, body)).unwrap().tokens;
        for body in [
            r#"{"access_token":"a","expires_in":300}"#,
            r#"{"access_token":"a","expires_in":"300"}"#,
            r#"{"access_token":"a","expires_in":300.0}"#,
        ] {
            let tokens = read(body);
            assert_eq!(tokens.access_lifetime, Some(Duration::from_secs(300)), "{body}");
            assert!(tokens.cannot_be_refreshed, "{body}");
        }
        assert!(!read(r#"{"access_token":"a","refresh_token":"r"}"#).cannot_be_refreshed);
        for wrong in ["-1", "1e400", "null", "[]", r#""soon""#] {
            let body = format!(r#"{{"access_token":"a","expires_in":{wrong}}}"#);
            assert_eq!(read(&body).access_lifetime, None, "{wrong}");
        }
    }
}
