//! djoser.

use super::{is_refused_token, object_of, read_pair};
use crate::dialect::{AnswerError, ApiRequest, ApiResponse, Dialect, Login, NewAccount, ResetLink, SignInAnswer};
use crate::transport::Header;
use yew_auth_session::{AccessToken, RefreshToken};

/// [djoser](https://djoser.readthedocs.io), over [`Bearer`](crate::transport::Bearer) tokens: with JWTs (`jwt/create/`),
/// or with DRF's tokens (`token/login/`) by [`with_tokens`](Self::with_tokens).
///
/// Its JWTs cannot be revoked: after a sign-out, a refresh token that was copied stays good until it expires.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::Djoser;
/// use yew_auth::transport::Bearer;
/// use yew_auth::{AuthConfig, Origin};
///
/// // djoser's documentation sets `"AUTH_HEADER_TYPES": ("JWT",)`.
/// let config = AuthConfig::new(Djoser::default().with_scheme("JWT"), Bearer::new(Origin::same_origin()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Djoser {
    path: String,
    has_jwts: bool,
    scheme: &'static str,
    login_field: &'static str,
}

impl Default for Djoser {
    fn default() -> Self {
        Self { path: "/auth/".to_owned(), has_jwts: true, scheme: "Bearer", login_field: "username" }
    }
}

impl Djoser {
    /// djoser with DRF's tokens (`djoser.urls.authtoken`), which are not refreshed.
    #[must_use]
    pub fn with_tokens() -> Self {
        Self { has_jwts: false, scheme: "Token", ..Self::default() }
    }

    /// The path of djoser's endpoints, with a slash at its end. Default: `/auth/`.
    #[must_use]
    pub fn with_path(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The scheme of the `Authorization` header: the backend's `AUTH_HEADER_TYPES`. Default: `Bearer`, with tokens `Token`.
    #[must_use]
    pub fn with_scheme(self, scheme: &'static str) -> Self {
        Self { scheme, ..self }
    }

    /// The field in which a sign-in sends what was typed as a name: the backend's `LOGIN_FIELD`. Default: `username`.
    #[must_use]
    pub fn with_login_field(self, field: &'static str) -> Self {
        Self { login_field: field, ..self }
    }

    fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> ApiRequest {
        ApiRequest::post(self.path.clone() + endpoint).with_fields(fields)
    }
}

impl Dialect for Djoser {
    fn sign_in(&self, login: &Login) -> ApiRequest {
        let endpoint = if self.has_jwts { "jwt/create/" } else { "token/login/" };
        self.post(endpoint, &[(self.login_field, login.name()), ("password", login.password())])
    }

    fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError> {
        let object = object_of(response)?;
        let mut tokens = read_pair(&object);
        if !self.has_jwts {
            tokens.access = object.text("auth_token").and_then(|token| AccessToken::new(token).ok());
            tokens.cannot_be_refreshed = true;
        }
        Ok(SignInAnswer::new(None, tokens))
    }

    fn refresh(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        let fields = token.map(|token| ("refresh", token.secret()));
        self.has_jwts.then(|| self.post("jwt/refresh/", fields.as_slice()))
    }

    fn ends_session(&self, response: &ApiResponse) -> bool {
        is_refused_token(response)
    }

    fn sign_out(&self, _: Option<&RefreshToken>) -> Option<ApiRequest> {
        (!self.has_jwts).then(|| self.post("token/logout/", &[]))
    }

    fn user(&self) -> Option<ApiRequest> {
        Some(ApiRequest::get(self.path.clone() + "users/me/"))
    }

    fn authorization(&self, access: &AccessToken) -> Header {
        ("authorization", format!("{} {}", self.scheme, access.secret()))
    }

    fn register(&self, account: &NewAccount) -> Option<ApiRequest> {
        let fields = [("username", account.username()), ("email", account.email()), ("password", account.password())];
        Some(self.post("users/", &fields))
    }

    /// Its registration opens no session.
    fn sign_in_after(&self, account: &NewAccount, _: &ApiResponse) -> Option<ApiRequest> {
        let name = if self.login_field == "email" { account.email() } else { account.username() };
        Some(self.sign_in(&Login::new(name, account.password())))
    }

    fn request_password_reset(&self, email: &str) -> Option<ApiRequest> {
        Some(self.post("users/reset_password/", &[("email", email)]))
    }

    fn confirm_password_reset(&self, link: &ResetLink, password: &str) -> Option<ApiRequest> {
        let fields = [("uid", link.uid()), ("token", link.token()), ("new_password", password)];
        Some(self.post("users/reset_password_confirm/", &fields))
    }

    fn change_password(&self, old: &str, new: &str) -> Option<ApiRequest> {
        Some(self.post("users/set_password/", &[("current_password", old), ("new_password", new)]))
    }

    fn change_name(&self, first_name: &str, last_name: &str) -> Option<ApiRequest> {
        let fields = [("first_name", first_name), ("last_name", last_name)];
        Some(ApiRequest::patch(self.path.clone() + "users/me/").with_fields(&fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_drf_is_presented_as_such_and_not_refreshed() {
        let djoser = Djoser::with_tokens();
        let answer = djoser.read_sign_in(&ApiResponse::new(200, r#"{"auth_token":"k3y"}"#)).unwrap();
        assert!(answer.tokens.cannot_be_refreshed);
        let access = answer.tokens.access.unwrap();
        assert_eq!(djoser.authorization(&access), ("authorization", "Token k3y".to_owned()));
        assert!(djoser.refresh(None).is_none());
        assert_eq!(djoser.sign_out(None).unwrap().path(), "/auth/token/logout/");
        assert!(djoser.is_signed_out(&ApiResponse::new(204, "")));
        assert!(djoser.is_signed_out(&ApiResponse::new(401, r#"{"detail":"Invalid token."}"#)));
    }

    #[test]
    fn its_jwts_are_refreshed_and_cannot_be_revoked() {
        let djoser = Djoser::default().with_path("/v1/auth/");
        let token = RefreshToken::new("r").unwrap();
        assert_eq!(djoser.refresh(Some(&token)).unwrap().path(), "/v1/auth/jwt/refresh/");
        assert!(djoser.sign_out(Some(&token)).is_none());
    }
}
