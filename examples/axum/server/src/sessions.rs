//! Sessions, each a family of refresh tokens: one is valid, and the one before it until its successor is used.

use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::SqlitePool;

use crate::api_error::ApiError;
use crate::people::Person;

/// How long things last, in seconds.
#[derive(Clone, Copy)]
pub struct Lifetimes {
    pub access: i64,
    /// How long a session lasts without a refresh.
    pub refresh: i64,
    /// How long a session lasts, however often it is refreshed.
    pub session: i64,
}

/// A session. Its times are in seconds since the Unix epoch.
#[derive(sqlx::FromRow)]
pub struct Session {
    /// 32 hex digits, no secret.
    pub id: String,
    pub person: i64,
    /// How often it was refreshed: what its newest refresh token says.
    pub generation: i64,
    pub signed_in_at: i64,
    pub refresh_expires_at: i64,
    pub ends_at: i64,
}

#[derive(Clone)]
pub struct Sessions {
    pub database: SqlitePool,
    pub lifetimes: Lifetimes,
}

impl Sessions {
    /// Opens a session.
    pub async fn open(&self, person: &Person) -> Result<Session, ApiError> {
        let now = now();
        sqlx::query("DELETE FROM sessions WHERE refresh_expires_at <= ?").bind(now).execute(&self.database).await?;
        let session = Session {
            id: format!("{:032x}", rand::random::<u128>()),
            person: person.id,
            generation: 0,
            signed_in_at: now,
            refresh_expires_at: now + self.lifetimes.refresh,
            ends_at: now + self.lifetimes.session,
        };
        sqlx::query("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)")
            .bind(&session.id)
            .bind(session.person)
            .bind(session.generation)
            .bind(session.signed_in_at)
            .bind(session.refresh_expires_at)
            .bind(session.ends_at)
            .execute(&self.database)
            .await?;
        Ok(session)
    }

    /// The session with this id, if it lives and its person may sign in.
    pub async fn get(&self, id: &str) -> Result<Option<Session>, ApiError> {
        let session = sqlx::query_as(
            "SELECT sessions.* FROM sessions JOIN people ON people.id = person
             WHERE sessions.id = ? AND is_active AND refresh_expires_at > ?",
        );
        Ok(session.bind(id).bind(now()).fetch_optional(&self.database).await?)
    }

    /// Trades the refresh token of `generation` for its successor.
    ///
    /// The same token brings the same successor until that one is used, so a lost answer is recovered. A token that is
    /// older has been copied: its session ends.
    pub async fn rotate(&self, id: &str, generation: i64) -> Result<Session, ApiError> {
        let session = self.get(id).await?.ok_or(ApiError::TokenNotValid)?;
        if generation == session.generation {
            // Of two requests at once, one advances it; the other finds that done.
            sqlx::query("UPDATE sessions SET generation = ?, refresh_expires_at = ? WHERE id = ? AND generation = ?")
                .bind(generation + 1)
                .bind(session.ends_at.min(now() + self.lifetimes.refresh))
                .bind(id)
                .bind(generation)
                .execute(&self.database)
                .await?;
        } else if generation + 1 != session.generation {
            self.revoke(id).await?;
        }
        let session = self.get(id).await?.ok_or(ApiError::TokenNotValid)?;
        if session.generation == generation + 1 { Ok(session) } else { Err(ApiError::TokenNotValid) }
    }

    /// Ends the session.
    pub async fn revoke(&self, id: &str) -> Result<(), ApiError> {
        sqlx::query("DELETE FROM sessions WHERE id = ?").bind(id).execute(&self.database).await?;
        Ok(())
    }
}

/// Seconds since the Unix epoch.
pub fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}
