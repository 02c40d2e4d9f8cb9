//! The session contract of yew-auth, on axum and SQLite: `cargo run -p example-axum-server`.
//!
//! Each sign-in opens a session with a public id. Its two tokens are HttpOnly cookies named after that id, and the header
//! `X-Session-Id` of a request names the session that its page shows.

mod api;
mod cookies;
mod error;
mod people;
mod sessions;

use std::env;

use axum::extract::FromRef;
use axum::http::{HeaderValue, header::CACHE_CONTROL};
use axum::routing::{Router, get, post};
use axum_extra::extract::cookie::Key;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tokio::net::TcpListener;
use tower_http::set_header::SetResponseHeaderLayer;

/// What all requests share.
#[derive(Clone, FromRef)]
struct App {
    database: SqlitePool,
    /// Seals the cookies: the database holds nothing that could be used as one.
    key: Key,
    /// How long an access token lives, in seconds.
    access_lifetime: i64,
    /// Whether the cookies belong to https, where no other host can set them.
    has_secure_cookies: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = SqliteConnectOptions::new().filename(variable("DATABASE", "axum-example.sqlite3"));
    let app = App {
        database: SqlitePool::connect_with(database.create_if_missing(true)).await?,
        // Without a key that is given, each start of the server ends all sessions.
        key: env::var("SECRET_KEY").map_or_else(|_| Key::generate(), |key| Key::derive_from(key.as_bytes())),
        access_lifetime: variable("ACCESS_TOKEN_SECONDS", "300").parse()?,
        has_secure_cookies: variable("SECURE_COOKIES", "0") == "1",
    };
    sqlx::raw_sql(sessions::SCHEMA).execute(&app.database).await?;
    people::add(&app.database, "demo", "demo@example.test", "demo-password").await?;
    people::add(&app.database, "grace", "grace@example.test", "grace-password").await?;
    let router = Router::new()
        .route("/api/auth/login/", post(api::login))
        .route("/api/auth/token/refresh/", post(api::refresh))
        .route("/api/auth/logout/", post(api::logout))
        .route("/api/auth/sessions/mine/", get(api::sessions))
        .route("/api/auth/user/", get(api::user))
        .route("/api/posts/", get(api::posts))
        // No cache may keep what belongs to one person.
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .with_state(app);
    let listener = TcpListener::bind(variable("ADDRESS", "127.0.0.1:8000")).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

/// An environment variable, or its default.
fn variable(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}
