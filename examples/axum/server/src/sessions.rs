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

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqlitePoolOptions;

    use super::*;
    use crate::app::SCHEMA;

    const LIFETIMES: Lifetimes = Lifetimes { access: 10, refresh: 100, session: 1_000 };

    async fn open() -> (Sessions, String) {
        // Each connection to it is a database of its own.
        let database = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql(SCHEMA).execute(&database).await.unwrap();
        sqlx::raw_sql("INSERT INTO people VALUES (1, 'demo', '', '', 1)").execute(&database).await.unwrap();
        let sessions = Sessions { database, lifetimes: LIFETIMES };
        let person = Person { id: 1, username: "demo".to_owned(), email: String::new() };
        let session = sessions.open(&person).await.ok().unwrap();
        (sessions, session.id)
    }

    async fn generation_after(sessions: &Sessions, id: &str, presented: i64) -> Option<i64> {
        sessions.rotate(id, presented).await.ok().map(|session| session.generation)
    }

    #[tokio::test]
    async fn a_token_brings_the_same_successor_until_that_one_is_used() {
        let (sessions, id) = open().await;
        assert_eq!(generation_after(&sessions, &id, 0).await, Some(1));
        assert_eq!(generation_after(&sessions, &id, 0).await, Some(1), "its answer was lost");
        assert_eq!(generation_after(&sessions, &id, 1).await, Some(2));
        assert_eq!(generation_after(&sessions, &id, 1).await, Some(2));
    }

    #[tokio::test]
    async fn a_token_that_is_older_ends_its_session() {
        let (sessions, id) = open().await;
        for generation in 0..3 {
            assert_eq!(generation_after(&sessions, &id, generation).await, Some(generation + 1));
        }
        assert_eq!(generation_after(&sessions, &id, 1).await, None);
        assert_eq!(generation_after(&sessions, &id, 3).await, None, "the newest is dead too");
    }

    #[tokio::test]
    async fn a_session_ends_when_its_person_is_deactivated() {
        let (sessions, id) = open().await;
        sqlx::raw_sql("UPDATE people SET is_active = 0").execute(&sessions.database).await.unwrap();
        assert_eq!(generation_after(&sessions, &id, 0).await, None);
    }

    #[tokio::test]
    async fn no_refresh_moves_the_end_of_a_session() {
        let (sessions, id) = open().await;
        let before = sessions.get(&id).await.ok().flatten().unwrap();
        sqlx::raw_sql("UPDATE sessions SET ends_at = refresh_expires_at + 1")
            .execute(&sessions.database)
            .await
            .unwrap();
        let after = sessions.rotate(&id, 0).await.ok().unwrap();
        assert!(after.refresh_expires_at <= after.ends_at && after.ends_at == before.refresh_expires_at + 1);
    }
}
