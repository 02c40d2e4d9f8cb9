//! The answers to requests that are not served.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A status, a code for the app, and a sentence for its developer.
#[derive(Debug)]
pub struct ApiError(StatusCode, &'static str, &'static str);

pub const WRONG_PASSWORD: ApiError =
    ApiError(StatusCode::BAD_REQUEST, "wrong_password", "Unable to log in with provided credentials.");

/// The session is over, or the browser does not hold it.
pub const TOKEN_NOT_VALID: ApiError =
    ApiError(StatusCode::UNAUTHORIZED, "token_not_valid", "Token is invalid or expired.");

/// The browser holds another session than the one that its page shows.
pub const ANOTHER_SESSION: ApiError =
    ApiError(StatusCode::CONFLICT, "another_session", "The browser holds another session.");

/// Another site sent the request, or a page that does not use the contract.
pub const NO_SESSION_NAMED: ApiError =
    ApiError(StatusCode::FORBIDDEN, "csrf_failed", "The header X-Session-Id is missing or wrong.");

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        eprintln!("database: {error}");
        Self(StatusCode::INTERNAL_SERVER_ERROR, "error", "The database failed.")
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"code": self.1, "detail": self.2}))).into_response()
    }
}
