//! dj-rest-auth.

use super::{found_sessions, is_jwt, is_refused_token, object_of, read_pair};
use crate::dialect::{
    AnswerError, ApiRequest, ApiResponse, CodeExchange, Dialect, Login, NewAccount, ResetLink, SignInAnswer, read_user,
};
use crate::transport::{Header, TokenResponse};
use yew_auth_session::{AccessToken, FoundSession, RefreshToken, SessionId};

/// [dj-rest-auth](https://dj-rest-auth.readthedocs.io), stock or with this repository's yew-auth-django.
///
/// | `REST_AUTH` of the backend | Transport |
/// |---|---|
/// | yew-auth-django | [`Cookie::default`](crate::transport::Cookie) |
/// | `USE_JWT`, `JWT_AUTH_COOKIE` and `JWT_AUTH_REFRESH_COOKIE` | [`Cookie::with_fixed_names`](crate::transport::Cookie::with_fixed_names) |
/// | `USE_JWT` and `"JWT_AUTH_HTTPONLY": False` | [`Bearer`](crate::transport::Bearer) |
/// | none: `"USE_JWT": False` is its default | [`Bearer`](crate::transport::Bearer): one token, which is not refreshed |
///
/// # Example
///
/// ```
/// use yew_auth::dialect::DjRestAuth;
/// use yew_auth::transport::Cookie;
/// use yew_auth::AuthConfig;
///
/// let stock = AuthConfig::new(DjRestAuth::default().with_auth_path("/v1/auth/"), Cookie::with_fixed_names());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DjRestAuth {
    auth_path: String,
    social_path: String,
    login_field: &'static str,
}

impl Default for DjRestAuth {
    fn default() -> Self {
        Self { auth_path: "/api/auth/".to_owned(), social_path: "/api/social/".to_owned(), login_field: "username" }
    }
}

impl DjRestAuth {
    /// The path of dj-rest-auth's endpoints, with a slash at its end. Default: `/api/auth/`.
    #[must_use]
    pub fn with_auth_path(self, path: impl Into<String>) -> Self {
        Self { auth_path: path.into(), ..self }
    }

    /// The path of the list of identity providers, below which authorization codes are exchanged; with a slash at its end.
    /// dj-rest-auth has no such list; this repository's backend does. Default: `/api/social/`.
    #[must_use]
    pub fn with_social_path(self, path: impl Into<String>) -> Self {
        Self { social_path: path.into(), ..self }
    }

    /// The field in which a sign-in sends what was typed as a name: `username` or `email`. Default: `username`, in which
    /// allauth also accepts an email address. Where people sign in by address alone (`ACCOUNT_LOGIN_METHODS = {"email"}`),
    /// it is `email`.
    #[must_use]
    pub fn with_login_field(self, field: &'static str) -> Self {
        Self { login_field: field, ..self }
    }

    fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> ApiRequest {
        ApiRequest::post(self.path(endpoint)).with_fields(fields)
    }

    fn path(&self, endpoint: &str) -> String {
        self.auth_path.clone() + endpoint
    }
}

impl Dialect for DjRestAuth {
    fn sign_in(&self, login: &Login) -> ApiRequest {
        self.post("login/", &[(self.login_field, login.name()), ("password", login.password())])
    }

    fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError> {
        let object = object_of(response)?;
        let key = object.text("key").and_then(|key| AccessToken::new(key).ok());
        let mut tokens = match key {
            Some(key) => TokenResponse { access: Some(key), cannot_be_refreshed: true, ..TokenResponse::default() },
            None => read_pair(&object),
        };
        tokens.refresh_is_withheld = object.text("refresh").is_some_and(|refresh| refresh.is_empty());
        tokens.session = object.text("session_id").and_then(|id| SessionId::new(id).ok());
        tokens.access_issued_at = object.date("access_issued_at");
        tokens.access_expires_at = object.date("access_expiration");
        tokens.refresh_expires_at = object.date("refresh_expiration");
        tokens.session_ends_at = object.date("session_expiration");
        Ok(SignInAnswer::new(object.raw("user").and_then(read_user), tokens))
    }

    fn refresh(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        Some(self.post("token/refresh/", refresh_field(token).as_slice()))
    }

    fn ends_session(&self, response: &ApiResponse) -> bool {
        is_refused_token(response)
    }

    fn sign_out(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        Some(self.post("logout/", refresh_field(token).as_slice()))
    }

    fn user(&self) -> Option<ApiRequest> {
        Some(ApiRequest::get(self.path("user/")))
    }

    /// Its own tokens are `Authorization: Token`, its JWTs `Authorization: Bearer`.
    fn authorization(&self, access: &AccessToken) -> Header {
        let scheme = if is_jwt(access) { "Bearer" } else { "Token" };
        ("authorization", format!("{scheme} {}", access.secret()))
    }

    fn register(&self, account: &NewAccount) -> Option<ApiRequest> {
        let password = account.password();
        let fields = [("username", account.username()), ("email", account.email())];
        Some(self.post("registration/", &[fields[0], fields[1], ("password1", password), ("password2", password)]))
    }

    /// Over cookies, its registration answers with tokens and sets no cookie.
    fn sign_in_after(&self, account: &NewAccount, registration: &ApiResponse) -> Option<ApiRequest> {
        registration.object()?.text("access")?;
        let name = if self.login_field == "email" { account.email() } else { account.username() };
        Some(self.sign_in(&Login::new(name, account.password())))
    }

    fn request_password_reset(&self, email: &str) -> Option<ApiRequest> {
        Some(self.post("password/reset/", &[("email", email)]))
    }

    fn confirm_password_reset(&self, link: &ResetLink, password: &str) -> Option<ApiRequest> {
        let (uid, token) = (link.uid(), link.token());
        let fields = [("uid", uid), ("token", token), ("new_password1", password), ("new_password2", password)];
        Some(self.post("password/reset/confirm/", &fields))
    }

    fn change_password(&self, old: &str, new: &str) -> Option<ApiRequest> {
        Some(self.post("password/change/", &[("old_password", old), ("new_password1", new), ("new_password2", new)]))
    }

    fn change_name(&self, first_name: &str, last_name: &str) -> Option<ApiRequest> {
        let fields = [("first_name", first_name), ("last_name", last_name)];
        Some(ApiRequest::patch(self.path("user/")).with_fields(&fields))
    }

    fn providers(&self) -> Option<ApiRequest> {
        Some(ApiRequest::get(self.social_path.clone()))
    }

    fn exchange(&self, provider: &str, exchange: &CodeExchange) -> Option<ApiRequest> {
        Some(ApiRequest::post(format!("{}login/{provider}/", self.social_path)).with_json(exchange))
    }

    fn sessions(&self) -> Option<ApiRequest> {
        Some(ApiRequest::get(self.path("sessions/mine/")))
    }

    fn read_sessions(&self, response: &ApiResponse) -> Option<Vec<FoundSession>> {
        found_sessions::read(response)
    }
}

/// The refresh token is in the body, unless a cookie holds it.
fn refresh_field(token: Option<&RefreshToken>) -> Option<(&'static str, &str)> {
    token.map(|token| ("refresh", token.secret()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Body;

    fn read(body: &str) -> SignInAnswer {
        DjRestAuth::default().read_sign_in(&ApiResponse::new(200, body)).unwrap()
    }

    fn ends_session(status: u16, body: &str) -> bool {
        DjRestAuth::default().ends_session(&ApiResponse::new(status, body))
    }

    fn is_signed_out(status: u16, body: &str) -> bool {
        DjRestAuth::default().is_signed_out(&ApiResponse::new(status, body))
    }

    const DEAD: &str = r#"{"detail":"Token is invalid","code":"token_not_valid"}"#;
    const GATEWAY: &str = r#"{"message":"Unauthorized"}"#;

    #[test]
    fn c10_only_its_own_words_end_a_session() {
        for (status, body) in [
            (401, DEAD),
            (400, DEAD),
            (401, r#"{"detail":"No active account found with the given credentials"}"#),
            (401, r#"{"detail":"Invalid token."}"#),
            (400, r#"{"refresh":["This field may not be blank."]}"#),
            (400, r#"{"detail":"A proof by the token's key is missing.","code":"invalid_dpop_proof"}"#),
            (400, r#"{"error":"invalid_grant"}"#),
        ] {
            assert!(ends_session(status, body), "{status} {body}");
        }
        for (status, body) in [
            (403, DEAD),
            (429, DEAD),
            (500, DEAD),
            (401, GATEWAY),
            (401, "<html>"),
            (401, ""),
            (401, r#"{"detail":7}"#),
            (400, "{}"),
            (400, r#"{"detail":"JSON parse error"}"#),
            (400, r#"{"detail":"The proof has no nonce.","code":"use_dpop_nonce"}"#),
        ] {
            assert!(!ends_session(status, body), "{status} {body}");
        }
    }

    #[test]
    fn c2_only_its_own_answer_is_a_sign_out() {
        for (status, body) in [(200, r#"{"detail":"Successfully logged out."}"#), (200, ""), (204, ""), (401, DEAD)] {
            assert!(is_signed_out(status, body), "{status} {body}");
        }
        for (status, body) in
            [(200, "<html>"), (403, "<html>"), (403, GATEWAY), (404, ""), (400, "<html>"), (401, GATEWAY), (500, DEAD)]
        {
            assert!(!is_signed_out(status, body), "{status} {body}");
        }
    }

    #[test]
    fn c1_a_name_is_sent_as_it_was_typed() {
        let login = Login::new("ada@home", "p");
        let body = |dialect: &DjRestAuth| dialect.sign_in(&login).body;
        let json = |text: &str| Some(Body::Json(text.to_owned().into()));
        assert_eq!(body(&DjRestAuth::default()), json(r#"{"username":"ada@home","password":"p"}"#));
        let by_address = DjRestAuth::default().with_login_field("email");
        assert_eq!(body(&by_address), json(r#"{"email":"ada@home","password":"p"}"#));
    }

    #[test]
    fn a_login_of_dj_rest_auth_3_0_is_read_like_one_of_today() {
        let old = read(r#"{"access_token":"a","refresh_token":"r","user":{"pk":7,"username":"demo"}}"#);
        assert_eq!(old.user.unwrap().id, "7");
        assert_eq!((old.tokens.access, old.tokens.refresh), (AccessToken::new("a").ok(), RefreshToken::new("r").ok()));
    }

    #[test]
    fn a_key_is_a_token_that_cannot_be_refreshed() {
        let answer = read(r#"{"key":"9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"}"#);
        assert!(answer.tokens.cannot_be_refreshed);
        let (name, value) = DjRestAuth::default().authorization(&answer.tokens.access.unwrap());
        assert_eq!((name, value.as_str()), ("authorization", "Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"));
    }

    #[test]
    fn a_jwt_is_a_bearer_token() {
        let jwt = AccessToken::new("a.b.c").unwrap();
        assert_eq!(DjRestAuth::default().authorization(&jwt).1, "Bearer a.b.c");
    }

    #[test]
    fn c16_an_empty_refresh_token_is_withheld() {
        assert!(read(r#"{"access":"a.b.c","refresh":"","user":{"pk":1}}"#).tokens.refresh_is_withheld);
        assert!(!read(r#"{"access":"a.b.c","refresh":"d.e.f"}"#).tokens.refresh_is_withheld);
    }

    #[test]
    fn x3_what_is_deeper_than_any_answer_is_skipped_without_taking_stack() {
        for depth in [200, 100_000] {
            let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            assert_eq!(read(&format!(r#"{{"access":{deep}}}"#)).tokens.access, None);
            assert!(read(&format!(r#"{{"access":"a","more":{deep}}}"#)).tokens.access.is_some());
        }
    }

    #[test]
    fn s10_an_error_that_is_dressed_as_an_answer_has_no_user_and_no_token() {
        for body in [
            r#"{"detail":"nope"}"#,
            "{}",
            "[]",
            "null",
            "\"ok\"",
            r#"{"user":"demo"}"#,
            r#"{"user":{"username":"demo"}}"#,
        ] {
            let is_harmless = |answer: SignInAnswer| answer.user.is_none() && answer.tokens == TokenResponse::default();
            let answer = DjRestAuth::default().read_sign_in(&ApiResponse::new(200, body));
            assert!(answer.ok().is_none_or(is_harmless), "{body}");
        }
    }
}
