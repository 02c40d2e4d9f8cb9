//! The session contract of yew-auth, on axum and SQLite: `cargo run -p example-axum-server`.
//!
//! Each sign-in opens a session with a public id. Its two tokens are HttpOnly cookies named after that id, and the header
//! `X-Session-Id` of a request names the session that its page shows.

mod api;
mod api_error;
mod app;
mod cookies;
mod people;
mod sessions;
mod signing_key;

use std::error::Error;

use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{Router, get, post};
use tokio::net::TcpListener;

use crate::app::App;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = App::open().await?;
    app.people.add("demo", "demo@example.test", "demo-password").await?;
    app.people.add("grace", "grace@example.test", "grace-password").await?;
    let router = Router::new()
        .route("/api/auth/login/", post(api::login))
        .route("/api/auth/token/refresh/", post(api::refresh))
        .route("/api/auth/logout/", post(api::logout))
        .route("/api/auth/sessions/mine/", get(api::sessions))
        .route("/api/auth/user/", get(api::user))
        .route("/api/posts/", get(api::posts))
        .layer(map_response(never_stored))
        .with_state(app);
    let listener = TcpListener::bind(app::variable("ADDRESS", "127.0.0.1:8000")).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

/// No cache may keep what belongs to one person.
async fn never_stored(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
