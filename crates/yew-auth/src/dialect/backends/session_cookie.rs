//! One session cookie.

use crate::dialect::{AnswerError, ApiRequest, ApiResponse, Dialect, Login, SignInAnswer, read_user};
use crate::transport::TokenResponse;
use yew_auth_session::RefreshToken;

/// One session cookie that the backend sets at a sign-in, such as axum-login's or Django's, over
/// [`Cookie::with_fixed_names`](crate::transport::Cookie::with_fixed_names). Nothing is refreshed: who is signed in is what
/// the user's endpoint says.
///
/// A sign-in is a `POST` of JSON with `username` and `password`, a sign-out a `POST` without fields. A 401 without a body, or
/// with `detail`, `code`, `error` or `title`, ends the session; what a gateway writes does not.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::SessionCookie;
/// use yew_auth::transport::Cookie;
/// use yew_auth::AuthConfig;
///
/// let config = AuthConfig::new(SessionCookie::new("/api/login", "/api/logout", "/api/me"), Cookie::with_fixed_names());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionCookie {
    login_path: String,
    logout_path: String,
    user_path: String,
    csrf_path: Option<String>,
    login_field: &'static str,
}

impl SessionCookie {
    /// A backend that signs in and out at these paths, and describes the signed-in user at the third.
    #[must_use]
    pub fn new(login_path: impl Into<String>, logout_path: impl Into<String>, user_path: impl Into<String>) -> Self {
        Self {
            login_path: login_path.into(),
            logout_path: logout_path.into(),
            user_path: user_path.into(),
            csrf_path: None,
            login_field: "username",
        }
    }

    /// The field in which a sign-in sends what was typed as a name. Default: `username`.
    #[must_use]
    pub fn with_login_field(self, field: &'static str) -> Self {
        Self { login_field: field, ..self }
    }

    /// A path whose `GET` sets the cookie with the CSRF token, where a sign-in needs one, as Django's `LoginView` does.
    /// Default: none.
    #[must_use]
    pub fn with_csrf_path(self, path: impl Into<String>) -> Self {
        Self { csrf_path: Some(path.into()), ..self }
    }
}

impl Dialect for SessionCookie {
    fn sign_in(&self, login: &Login) -> ApiRequest {
        let fields = [(self.login_field, login.name()), ("password", login.password())];
        ApiRequest::post(self.login_path.clone()).with_fields(&fields)
    }

    /// The answer may describe the user, directly or in `user`, or be empty: then the user's endpoint is asked.
    fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError> {
        if response.object().is_none() && !response.is_empty() {
            return Err(AnswerError::Lacks("a JSON object or nothing"));
        }
        let user = response.object().and_then(|object| object.raw("user").and_then(read_user));
        let user = user.or_else(|| self.read_user(response));
        Ok(SignInAnswer::new(user, TokenResponse { cannot_be_refreshed: true, ..TokenResponse::default() }))
    }

    fn ends_session(&self, response: &ApiResponse) -> bool {
        let words = ["detail", "code", "error", "title"];
        let is_own = |object: crate::dialect::JsonObject<'_>| words.iter().any(|word| object.raw(word).is_some());
        let is_bare = response.status() == 401 && response.is_empty();
        is_bare || matches!(response.status(), 401 | 403) && response.object().is_some_and(is_own)
    }

    fn sign_out(&self, _: Option<&RefreshToken>) -> Option<ApiRequest> {
        Some(ApiRequest::post(self.logout_path.clone()))
    }

    fn user(&self) -> Option<ApiRequest> {
        Some(ApiRequest::get(self.user_path.clone()))
    }

    /// DRF's session authentication answers 403.
    fn refuses_credentials(&self, status: u16) -> bool {
        matches!(status, 401 | 403)
    }

    fn csrf_token(&self) -> Option<ApiRequest> {
        self.csrf_path.clone().map(ApiRequest::get)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect() -> SessionCookie {
        SessionCookie::new("/login", "/logout", "/me")
    }

    #[test]
    fn c10_a_bare_401_and_its_own_words_end_a_session_and_what_a_gateway_writes_does_not() {
        let ends = |status, body: &str| dialect().ends_session(&ApiResponse::new(status, body));
        for (status, body) in [
            (401, ""),
            (401, r#"{"error":"not signed in"}"#),
            (403, r#"{"detail":"Authentication credentials were not provided."}"#),
            (401, r#"{"type":"about:blank","title":"Unauthorized","status":401}"#),
        ] {
            assert!(ends(status, body), "{status} {body}");
        }
        for (status, body) in
            [(401, r#"{"message":"Unauthorized"}"#), (401, "<html>"), (403, ""), (403, "<html>"), (502, ""), (200, "")]
        {
            assert!(!ends(status, body), "{status} {body}");
        }
    }

    #[test]
    fn the_answer_to_a_sign_in_may_describe_the_user_or_say_nothing() {
        let user =
            |status, body: &str| dialect().read_sign_in(&ApiResponse::new(status, body)).map(|answer| answer.user);
        assert_eq!(user(200, r#"{"user":{"id":7}}"#).unwrap().unwrap().id, "7");
        assert_eq!(user(200, r#"{"id":7}"#).unwrap().unwrap().id, "7");
        assert_eq!(user(204, ""), Ok(None));
        assert!(user(200, "<html>").is_err(), "a gateway's page");
    }
}
