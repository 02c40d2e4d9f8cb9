//! The ready dialects, one file each.

mod allauth_headless;
mod dj_rest_auth;
mod djoser;
mod found_sessions;
mod oauth2_password;
mod session_cookie;
mod simple_jwt;

pub use allauth_headless::AllauthHeadless;
pub use dj_rest_auth::DjRestAuth;
pub use djoser::Djoser;
pub use oauth2_password::OAuth2Password;
pub use session_cookie::SessionCookie;
pub use simple_jwt::SimpleJwt;

use super::{AnswerError, ApiResponse, JsonObject};
use crate::transport::TokenResponse;
use yew_auth_session::{AccessToken, RefreshToken};

/// simplejwt's code for a token that is not valid, OAuth's (RFC 6749 section 5.2), and that for a key which is not the
/// token's (RFC 9449 section 5).
const FINAL_CODES: [&str; 3] = ["token_not_valid", "invalid_grant", "invalid_dpop_proof"];

/// The refusal of a token by a view of simplejwt or by DRF's authentication: 401 with `detail` or `code`, or 400 that
/// complains about the field `refresh`. Gateways write `message`, or a web page.
fn is_refused_token(response: &ApiResponse) -> bool {
    let Some(object) = response.object() else { return false };
    let has_text = |name| object.text(name).is_some();
    let is_final = response.rejection().code.is_some_and(|code| FINAL_CODES.contains(&code.as_str()));
    match response.status() {
        401 => has_text("detail") || has_text("code"),
        400 => is_final || object.raw("refresh").is_some(),
        _ => false,
    }
}

/// The tokens of an answer of simplejwt.
fn read_pair(object: &JsonObject<'_>) -> TokenResponse {
    TokenResponse {
        access: token(object, &["access", "access_token"]).and_then(|token| AccessToken::new(token).ok()),
        refresh: token(object, &["refresh", "refresh_token"]).and_then(|token| RefreshToken::new(token).ok()),
        ..TokenResponse::default()
    }
}

/// The first of these texts that is there.
fn token(object: &JsonObject<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| object.text(name))
}

fn object_of(response: &ApiResponse) -> Result<JsonObject<'_>, AnswerError> {
    response.object().ok_or(AnswerError::Lacks("a JSON object"))
}

/// A token of simplejwt is a JWT: three parts with dots between them (RFC 7519 section 3). Opaque tokens have none.
fn is_jwt(token: &AccessToken) -> bool {
    token.secret().contains('.')
}
