//! Reading a stored record. By hand: derived readers of these types would be three times the code.

use std::time::Duration;

use serde::Deserialize;

use super::{Generation, RecordStatus, RefreshPause, Revocation, SessionRecord, StoredSession};
use crate::credentials::Credentials;
use crate::json::Json;
use crate::skew::ClockEstimate;
use crate::state::SignOutReason;
use crate::time::{Skew, Timestamp};
use crate::token::{AccessToken, RefreshToken};
use crate::user::User;

/// `None` for what is no record of this schema.
pub(super) fn record(mut json: Json<'_>) -> Option<SessionRecord> {
    Some(SessionRecord {
        generation: Generation::from(json.take("generation").unsigned()?),
        status: status(json.take("status"))?,
        hold: optional(json.take("hold"), hold)?,
        active_at: optional(json.take("active_at"), timestamp)?,
        revocations: optional(json.take("revocations"), revocations)?.unwrap_or_default(),
    })
}

fn status(json: Json<'_>) -> Option<RecordStatus> {
    let (name, content) = json.variant()?;
    match &*name {
        "empty" => Some(RecordStatus::Empty),
        "signed_out" => SignOutReason::deserialize(content).ok().map(RecordStatus::SignedOut),
        "signed_in" => session(content).map(|session| RecordStatus::SignedIn(Box::new(session))),
        _ => None,
    }
}

fn session(mut json: Json<'_>) -> Option<StoredSession> {
    Some(StoredSession {
        user: user(json.take("user"))?,
        credentials: credentials(json.take("credentials"))?,
        access_issued_at: timestamp(json.take("access_issued_at"))?,
        access_expires_at: optional(json.take("access_expires_at"), timestamp)?,
        refresh_expires_at: optional(json.take("refresh_expires_at"), timestamp)?,
        session_ends_at: optional(json.take("session_ends_at"), timestamp)?,
        signed_in_at: optional(json.take("signed_in_at"), timestamp)?,
        clock: clock(json.take("clock"))?,
    })
}

fn user(mut json: Json<'_>) -> Option<User> {
    let mut user = User::new(json.take("id").into_text()?, json.take("username").into_text()?);
    user.email = json.take("email").text_or_null()?.unwrap_or_default();
    user.first_name = json.take("first_name").text_or_null()?.unwrap_or_default();
    user.last_name = json.take("last_name").text_or_null()?.unwrap_or_default();
    Some(user)
}

fn credentials(json: Json<'_>) -> Option<Credentials> {
    let (name, mut content) = json.variant()?;
    match &*name {
        "bearer" => Some(Credentials::Bearer {
            access: AccessToken::new(content.take("access").into_text()?).ok()?,
            refresh: RefreshToken::new(content.take("refresh").into_text()?).ok()?,
        }),
        "cookie" => Some(Credentials::Cookie),
        _ => None,
    }
}

fn revocations(json: Json<'_>) -> Option<Vec<Revocation>> {
    json.into_list()?.into_iter().map(revocation).collect()
}

fn revocation(json: Json<'_>) -> Option<Revocation> {
    let (name, content) = json.variant()?;
    match &*name {
        "token" => Some(Revocation::Token(RefreshToken::new(content.into_text()?).ok()?)),
        "cookie" => Some(Revocation::Cookie),
        _ => None,
    }
}

fn hold(mut json: Json<'_>) -> Option<RefreshPause> {
    Some(RefreshPause {
        number: json.take("number").unsigned()?,
        until: timestamp(json.take("until"))?,
        since: timestamp(json.take("since"))?,
    })
}

fn clock(mut json: Json<'_>) -> Option<ClockEstimate> {
    Some(ClockEstimate::from_parts(
        Skew::from_millis(json.take("skew").signed()?),
        optional(json.take("uncertainty"), duration)?,
        timestamp(json.take("measured_at"))?,
    ))
}

fn duration(mut json: Json<'_>) -> Option<Duration> {
    let nanos = u32::try_from(json.take("nanos").unsigned()?).ok().filter(|nanos| *nanos < 1_000_000_000)?;
    Some(Duration::new(json.take("secs").unsigned()?, nanos))
}

fn timestamp(json: Json<'_>) -> Option<Timestamp> {
    json.signed().map(Timestamp::from_millis)
}

/// `None` is what may be left out, or null.
fn optional<'a, T>(json: Json<'a>, read: fn(Json<'a>) -> Option<T>) -> Option<Option<T>> {
    match json {
        Json::Null => Some(None),
        json => read(json).map(Some),
    }
}
