//! The endpoints.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::api_error::ApiError;
use crate::app::App;
use crate::people::Person;
use crate::sessions::Session;

type Answer = Result<(CookieJar, Json<Value>), ApiError>;

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
pub async fn login(State(app): State<App>, _: Shown, jar: CookieJar, Json(login): Json<Login>) -> Answer {
    let person = app.people.authenticate(&login.username, login.password).await?;
    let session = app.sessions.open(&person).await?;
    let (jar, access_expires_at) = app.cookies.add(jar, &session);
    let mut answer = app.times(&session, Some(access_expires_at));
    answer["user"] = user_json(&person);
    Ok((jar, Json(answer)))
}

/// Trades the refresh token for new tokens.
pub async fn refresh(State(app): State<App>, shown: Shown, jar: CookieJar) -> Answer {
    let id = shown.id()?;
    let Some(generation) = app.cookies.refresh(&jar, &id) else { return Err(app.why_missing(&jar, &id).await) };
    let session = app.sessions.rotate(&id, generation).await?;
    let (jar, access_expires_at) = app.cookies.add(jar, &session);
    Ok((jar, Json(app.times(&session, Some(access_expires_at)))))
}

/// Ends the session.
pub async fn logout(State(app): State<App>, shown: Shown, jar: CookieJar) -> Answer {
    let id = shown.id()?;
    if app.cookies.refresh(&jar, &id).is_none() {
        return Err(app.why_missing(&jar, &id).await);
    }
    app.sessions.revoke(&id).await?;
    Ok((app.cookies.remove(jar, &id), Json(json!({"detail": "Successfully logged out."}))))
}

/// The sessions that the browser holds, the newest sign-in first.
pub async fn sessions(State(app): State<App>, _: Shown, mut jar: CookieJar) -> Answer {
    let mut found = Vec::new();
    for id in app.cookies.sessions(&jar) {
        let generation = app.cookies.refresh(&jar, &id);
        let session = app.sessions.get(&id).await?;
        match session.filter(|session| generation.is_some_and(|held| held <= session.generation)) {
            Some(session) => found.push(session),
            None => jar = app.cookies.remove(jar, &id),
        }
    }
    found.sort_by_key(|session| std::cmp::Reverse(session.signed_in_at));
    let mut answers = Vec::new();
    for session in found {
        let Some(person) = app.people.get(session.person).await? else { continue };
        let mut answer = app.times(&session, app.cookies.access(&jar, &session.id));
        answer["user"] = user_json(&person);
        answer["signed_in_at"] = time(session.signed_in_at);
        answers.push(answer);
    }
    Ok((jar, Json(json!({"sessions": answers}))))
}

/// Whoever is signed in.
pub async fn user(State(app): State<App>, SignedIn(session): SignedIn) -> Result<Json<Value>, ApiError> {
    let person = app.people.get(session.person).await?.ok_or(ApiError::TokenNotValid)?;
    Ok(Json(user_json(&person)))
}

/// What is protected.
pub async fn posts(_: SignedIn) -> Json<Value> {
    Json(json!([{"id": 1, "title": "First post"}, {"id": 2, "title": "Second post"}]))
}

fn user_json(person: &Person) -> Value {
    json!({"pk": person.id, "username": person.username, "email": person.email})
}

fn time(seconds: i64) -> Value {
    OffsetDateTime::from_unix_timestamp(seconds).ok().and_then(|time| time.format(&Rfc3339).ok()).into()
}

impl App {
    fn times(&self, session: &Session, access_expires_at: Option<i64>) -> Value {
        let lifetime = self.sessions.lifetimes.access;
        json!({
            "session_id": session.id,
            "access_issued_at": access_expires_at.map(|expires_at| time(expires_at - lifetime)),
            "access_expiration": access_expires_at.map(time),
            "refresh_expiration": time(session.refresh_expires_at),
            "session_expiration": time(session.ends_at),
        })
    }

    /// Why a request without the cookies of its session is not served.
    async fn why_missing(&self, jar: &CookieJar, id: &str) -> ApiError {
        for other in self.cookies.sessions(jar).into_iter().filter(|other| other != id) {
            if let Ok(Some(_)) = self.sessions.get(&other).await {
                return ApiError::AnotherSession;
            }
        }
        ApiError::TokenNotValid
    }
}

impl Shown {
    fn id(self) -> Result<String, ApiError> {
        self.0.ok_or(ApiError::TokenNotValid)
    }
}

impl<S: Sync> FromRequestParts<S> for Shown {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let header = parts.headers.get("x-session-id").and_then(|value| value.to_str().ok());
        match header {
            Some("none") => Ok(Self(None)),
            Some(id) if id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                Ok(Self(Some(id.to_owned())))
            }
            _ => Err(ApiError::NoSessionNamed),
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let id = Shown::from_request_parts(parts, app).await?.id()?;
        let jar = CookieJar::from_headers(&parts.headers);
        if app.cookies.access(&jar, &id).is_none() {
            // Expired, or not there at all.
            let is_held = app.cookies.sessions(&jar).contains(&id);
            return Err(if is_held { ApiError::TokenNotValid } else { app.why_missing(&jar, &id).await });
        }
        Ok(Self(app.sessions.get(&id).await?.ok_or(ApiError::TokenNotValid)?))
    }
}
