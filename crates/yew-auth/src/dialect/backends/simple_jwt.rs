//! djangorestframework-simplejwt by itself.

use super::{is_refused_token, object_of, read_pair};
use crate::dialect::{AnswerError, ApiRequest, ApiResponse, Dialect, Login, SignInAnswer, read_user};
use crate::json;
use yew_auth_session::{AccessToken, Claims, RefreshToken, User};

/// [djangorestframework-simplejwt](https://django-rest-framework-simplejwt.readthedocs.io) by itself, over
/// [`Bearer`](crate::transport::Bearer) tokens: `token/` signs in, `token/refresh/` refreshes, with or without rotation.
///
/// It has no endpoint for the user. Name your own with [`with_user_path`](Self::with_user_path); without one the user is
/// what the claims of the access token say, which is an id unless you add claims.
///
/// It ends sessions only where `TokenBlacklistView` is installed: name it with
/// [`with_blacklist_path`](Self::with_blacklist_path). Without it, a refresh token that was copied stays good until it
/// expires.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::SimpleJwt;
/// use yew_auth::transport::Bearer;
/// use yew_auth::{AuthConfig, Origin};
///
/// let config = AuthConfig::new(SimpleJwt::default().with_user_path("/api/me/"), Bearer::new(Origin::same_origin()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimpleJwt {
    token_path: String,
    blacklist_path: Option<String>,
    user_path: Option<String>,
    login_field: &'static str,
}

impl Default for SimpleJwt {
    fn default() -> Self {
        Self { token_path: "/api/token/".to_owned(), blacklist_path: None, user_path: None, login_field: "username" }
    }
}

impl SimpleJwt {
    /// The path of `TokenObtainPairView`, with a slash at its end; `TokenRefreshView` is at `refresh/` below it. Default:
    /// `/api/token/`.
    #[must_use]
    pub fn with_token_path(self, path: impl Into<String>) -> Self {
        Self { token_path: path.into(), ..self }
    }

    /// The path of `TokenBlacklistView`. Default: none.
    #[must_use]
    pub fn with_blacklist_path(self, path: impl Into<String>) -> Self {
        Self { blacklist_path: Some(path.into()), ..self }
    }

    /// The path at which the signed-in user is described. Default: none.
    #[must_use]
    pub fn with_user_path(self, path: impl Into<String>) -> Self {
        Self { user_path: Some(path.into()), ..self }
    }

    /// The field in which a sign-in sends what was typed as a name: the user model's `USERNAME_FIELD`. Default: `username`.
    #[must_use]
    pub fn with_login_field(self, field: &'static str) -> Self {
        Self { login_field: field, ..self }
    }
}

impl Dialect for SimpleJwt {
    fn sign_in(&self, login: &Login) -> ApiRequest {
        let fields = [(self.login_field, login.name()), ("password", login.password())];
        ApiRequest::post(self.token_path.clone()).with_fields(&fields)
    }

    fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError> {
        Ok(SignInAnswer::new(None, read_pair(&object_of(response)?)))
    }

    fn refresh(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        let fields = token.map(|token| ("refresh", token.secret()));
        Some(ApiRequest::post(format!("{}refresh/", self.token_path)).with_fields(fields.as_slice()))
    }

    fn ends_session(&self, response: &ApiResponse) -> bool {
        is_refused_token(response)
    }

    fn sign_out(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        let fields = [("refresh", token?.secret())];
        Some(ApiRequest::post(self.blacklist_path.clone()?).with_fields(&fields))
    }

    fn user(&self) -> Option<ApiRequest> {
        self.user_path.clone().map(ApiRequest::get)
    }

    fn user_of_token(&self, access: &AccessToken) -> Option<User> {
        let claims: serde_json::Value = Claims::read_unverified_as(access).ok()?;
        read_user(&json::text(&claims))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_session(status: u16, body: &str) -> bool {
        SimpleJwt::default().ends_session(&ApiResponse::new(status, body))
    }

    /// As simplejwt 5.5.1 answers.
    #[test]
    fn c10_only_its_own_words_end_a_session() {
        for (status, body) in [
            (401, r#"{"detail":"Token is expired","code":"token_not_valid"}"#),
            (401, r#"{"detail":"Token is blacklisted","code":"token_not_valid"}"#),
            (401, r#"{"detail":"No active account found for the given token.","code":"no_active_account"}"#),
            (400, r#"{"refresh":["This field may not be blank."]}"#),
        ] {
            assert!(ends_session(status, body), "{status} {body}");
        }
        for (status, body) in [
            (401, r#"{"message":"Unauthorized"}"#),
            (401, r#"{"statusCode":401,"message":"Access denied due to missing subscription key."}"#),
            (401, "Jwt is missing"),
            (403, r#"{"detail":"CSRF Failed"}"#),
            (404, r#"{"detail":"Not found."}"#),
            (503, r#"{"detail":"Token is expired","code":"token_not_valid"}"#),
        ] {
            assert!(!ends_session(status, body), "{status} {body}");
        }
    }

    #[test]
    fn without_a_blacklist_a_sign_out_is_no_request() {
        let token = RefreshToken::new("r").unwrap();
        assert!(SimpleJwt::default().sign_out(Some(&token)).is_none());
        let blacklist = SimpleJwt::default().with_blacklist_path("/api/token/blacklist/");
        assert_eq!(blacklist.sign_out(Some(&token)).unwrap().path(), "/api/token/blacklist/");
    }

    #[test]
    fn without_an_endpoint_the_user_is_what_the_claims_say() {
        // {"alg":"HS256"}.{"exp":500,"user_id":"7","email":"ada@example.test"}
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjUwMCwidXNlcl9pZCI6IjciLCJlbWFpbCI6ImFkYUBleGFtcGxlLnRlc3QifQ.c2ln";
        let user = SimpleJwt::default().user_of_token(&AccessToken::new(token).unwrap()).unwrap();
        assert_eq!((user.id.as_str(), user.email.as_str()), ("7", "ada@example.test"));
        for token in ["opaque", "a.b.c", "e30.e30.e30"] {
            assert_eq!(SimpleJwt::default().user_of_token(&AccessToken::new(token).unwrap()), None, "{token}");
        }
    }
}
