//! The endpoints.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum_extra::extract::cookie::PrivateCookieJar;
use serde::Deserialize;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::cookies::REFRESH;
use crate::error::{ANOTHER_SESSION, ApiError, NO_SESSION_NAMED, TOKEN_NOT_VALID, WRONG_PASSWORD};
use crate::sessions::{self, Session, now};
use crate::{App, people};

type Answer = Result<(PrivateCookieJar, Json<Value>), ApiError>;

/// The session that a page shows, if it shows one. No form of another site can send the header that says so.
pub struct Shown(Option<String>);

/// The session of a request that needs one.
pub struct SignedIn(Session);

#[derive(Deserialize)]
pub struct Login {
    username: String,
    password: String,
}

/// Opens a session. It touches no other.
pub async fn login(State(app): State<App>, _: Shown, jar: PrivateCookieJar, Json(login): Json<Login>) -> Answer {
    let person = people::authenticate(&app.database, &login.username, login.password).await?;
    let id = sessions::open(&app.database, person).await?;
    let session = sessions::get(&app.database, &id).await?.ok_or(WRONG_PASSWORD)?;
    app.answer_with_tokens(jar, &session)
}

/// Trades the refresh token for new tokens.
pub async fn refresh(State(app): State<App>, shown: Shown, jar: PrivateCookieJar) -> Answer {
    let (id, generation) = app.shown_session(shown, &jar).await?;
    let session = sessions::rotate(&app.database, &id, generation).await?;
    app.answer_with_tokens(jar, &session)
}

/// Ends the session.
pub async fn logout(State(app): State<App>, shown: Shown, jar: PrivateCookieJar) -> Answer {
    let (id, _) = app.shown_session(shown, &jar).await?;
    sessions::revoke(&app.database, &id).await?;
    Ok((app.remove_tokens(jar, &id), Json(json!({"detail": "Successfully logged out."}))))
}

/// The sessions that the browser holds, the newest sign-in first. The cookies of dead ones go.
pub async fn sessions(State(app): State<App>, _: Shown, mut jar: PrivateCookieJar) -> Answer {
    let mut live = Vec::new();
    for id in app.held_sessions(&jar) {
        let generation = app.token(&jar, REFRESH, &id).unwrap_or(i64::MAX);
        match sessions::get(&app.database, &id).await?.filter(|session| generation <= session.generation) {
            Some(session) => live.push(session),
            None => jar = app.remove_tokens(jar, &id),
        }
    }
    live.sort_by_key(|session| -session.signed_in_at);
    let live: Vec<_> = live.iter().map(|session| app.json(session, app.access_token(&jar, &session.id))).collect();
    Ok((jar, Json(json!({"sessions": live}))))
}

/// Whoever is signed in.
pub async fn user(SignedIn(session): SignedIn) -> Json<Value> {
    Json(user_json(&session))
}

/// What is protected.
pub async fn posts(_: SignedIn) -> Json<Value> {
    Json(json!([{"id": 1, "title": "First post"}, {"id": 2, "title": "Second post"}]))
}

fn user_json(session: &Session) -> Value {
    json!({"pk": session.person, "username": session.username, "email": session.email})
}

fn time(seconds: i64) -> Value {
    OffsetDateTime::from_unix_timestamp(seconds).ok().and_then(|time| time.format(&Rfc3339).ok()).into()
}

impl App {
    fn answer_with_tokens(&self, jar: PrivateCookieJar, session: &Session) -> Answer {
        let access_expires_at = session.ends_at.min(now() + self.access_lifetime);
        let answer = self.json(session, Some(access_expires_at));
        Ok((self.add_tokens(jar, session, access_expires_at), Json(answer)))
    }

    fn json(&self, session: &Session, access_expires_at: Option<i64>) -> Value {
        json!({
            "session_id": session.id,
            "user": user_json(session),
            "signed_in_at": time(session.signed_in_at),
            "access_issued_at": access_expires_at.map(|expires_at| time(expires_at - self.access_lifetime)),
            "access_expiration": access_expires_at.map(time),
            "refresh_expiration": time(session.refresh_expires_at),
            "session_expiration": time(session.ends_at),
        })
    }

    /// The session that the page shows, and what its refresh token says.
    async fn shown_session(&self, shown: Shown, jar: &PrivateCookieJar) -> Result<(String, i64), ApiError> {
        let Shown(Some(id)) = shown else { return Err(TOKEN_NOT_VALID) };
        let Some(generation) = self.token(jar, REFRESH, &id) else { return Err(self.refusal(jar, &id).await) };
        Ok((id, generation))
    }

    /// Why a request without a good token of its session is not served.
    async fn refusal(&self, jar: &PrivateCookieJar, id: &str) -> ApiError {
        let held = self.held_sessions(jar);
        let others = if held.iter().any(|held| held == id) { Vec::new() } else { held };
        for other in others {
            if let Ok(Some(_)) = sessions::get(&self.database, &other).await {
                return ANOTHER_SESSION;
            }
        }
        TOKEN_NOT_VALID
    }
}

impl<S: Sync> FromRequestParts<S> for Shown {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match parts.headers.get("x-session-id").and_then(|value| value.to_str().ok()) {
            Some("none") => Ok(Self(None)),
            Some(id) if id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(Self(Some(id.into()))),
            _ => Err(NO_SESSION_NAMED),
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Shown(Some(id)) = Shown::from_request_parts(parts, app).await? else { return Err(TOKEN_NOT_VALID) };
        let jar = PrivateCookieJar::from_headers(&parts.headers, app.key.clone());
        if app.access_token(&jar, &id).is_none() {
            return Err(app.refusal(&jar, &id).await);
        }
        Ok(Self(sessions::get(&app.database, &id).await?.ok_or(TOKEN_NOT_VALID)?))
    }
}
