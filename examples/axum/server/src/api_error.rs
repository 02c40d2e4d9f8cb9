//! The answers to requests that are not served.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub enum ApiError {
    WrongPassword,
    /// The session is over, or the browser does not hold it.
    TokenNotValid,
    /// The browser holds another session than the one that its page shows.
    AnotherSession,
    /// Another site sent the request, or a page that does not use the contract.
    NoSessionNamed,
    Database(sqlx::Error),
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::WrongPassword => {
                (StatusCode::BAD_REQUEST, json!({"non_field_errors": ["Unable to log in with provided credentials."]}))
            }
            Self::TokenNotValid => {
                (StatusCode::UNAUTHORIZED, json!({"detail": "Token is invalid or expired", "code": "token_not_valid"}))
            }
            Self::AnotherSession => (
                StatusCode::CONFLICT,
                json!({"detail": "The browser holds another session.", "code": "another_session"}),
            ),
            Self::NoSessionNamed => (
                StatusCode::FORBIDDEN,
                json!({"detail": "The header X-Session-Id is missing or wrong.", "code": "csrf_failed"}),
            ),
            Self::Database(error) => {
                eprintln!("database: {error}");
                (StatusCode::INTERNAL_SERVER_ERROR, json!({"detail": "The database failed."}))
            }
        };
        (status, Json(body)).into_response()
    }
}
