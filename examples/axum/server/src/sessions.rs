//! Sessions, each a family of refresh tokens: one is valid, and the one before it until its successor is used.

use sqlx::SqlitePool;
use time::OffsetDateTime;

use crate::error::{ApiError, TOKEN_NOT_VALID};

/// People and their sessions.
pub const SCHEMA: &str = include_str!("../schema.sql");

/// How long a session lasts without a refresh, in seconds.
const REFRESH_LIFETIME: i64 = 14 * 24 * 3600;
/// How long a session lasts, however often it is refreshed, in seconds.
const SESSION_LIFETIME: i64 = 90 * 24 * 3600;

/// A session and its person: a row of `schema.sql`.
#[derive(Debug, sqlx::FromRow)]
pub struct Session {
    pub id: String,
    pub person: i64,
    pub username: String,
    pub email: String,
    pub generation: i64,
    pub signed_in_at: i64,
    pub refresh_expires_at: i64,
    pub ends_at: i64,
}

/// Opens a session, and returns its id.
pub async fn open(database: &SqlitePool, person: i64) -> Result<String, sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE refresh_expires_at <= ?").bind(now()).execute(database).await?;
    let id = format!("{:032x}", rand::random::<u128>());
    let insert = sqlx::query("INSERT INTO sessions VALUES (?1, ?2, 0, ?3, ?3 + ?4, ?3 + ?5)");
    let insert = insert.bind(&id).bind(person).bind(now()).bind(REFRESH_LIFETIME).bind(SESSION_LIFETIME);
    insert.execute(database).await?;
    Ok(id)
}

/// The session with this id, if it lives and its person may sign in.
pub async fn get(database: &SqlitePool, id: &str) -> Result<Option<Session>, sqlx::Error> {
    let session = sqlx::query_as(
        "SELECT sessions.*, username, email FROM sessions JOIN people ON people.id = person
         WHERE sessions.id = ? AND is_active AND refresh_expires_at > ?",
    );
    session.bind(id).bind(now()).fetch_optional(database).await
}

/// Trades the refresh token of `generation` for its successor.
///
/// The same token brings the same successor until that one is used, so a lost answer is recovered. A token that is older
/// has been copied: its session ends.
pub async fn rotate(database: &SqlitePool, id: &str, generation: i64) -> Result<Session, ApiError> {
    let end_copied = sqlx::query("DELETE FROM sessions WHERE id = ? AND generation > ? + 1");
    end_copied.bind(id).bind(generation).execute(database).await?;
    let advance = sqlx::query(
        "UPDATE sessions SET generation = ?2 + 1, refresh_expires_at = min(ends_at, ?3 + ?4)
         WHERE id = ?1 AND generation IN (?2, ?2 + 1) AND refresh_expires_at > ?3",
    );
    advance.bind(id).bind(generation).bind(now()).bind(REFRESH_LIFETIME).execute(database).await?;
    let session = get(database, id).await?.filter(|session| session.generation == generation + 1);
    session.ok_or(TOKEN_NOT_VALID)
}

/// Ends the session.
pub async fn revoke(database: &SqlitePool, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE id = ?").bind(id).execute(database).await?;
    Ok(())
}

/// Seconds since the Unix epoch.
pub fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqlitePoolOptions;

    use super::*;

    async fn open_session() -> (SqlitePool, String) {
        // Each connection to it is a database of its own.
        let database = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql(SCHEMA).execute(&database).await.unwrap();
        sqlx::raw_sql("INSERT INTO people VALUES (1, 'demo', '', '', 1)").execute(&database).await.unwrap();
        let id = open(&database, 1).await.unwrap();
        (database, id)
    }

    async fn generation_after(database: &SqlitePool, id: &str, presented: i64) -> Option<i64> {
        rotate(database, id, presented).await.ok().map(|session| session.generation)
    }

    #[tokio::test]
    async fn a_token_brings_the_same_successor_until_that_one_is_used() {
        let (database, id) = open_session().await;
        assert_eq!(generation_after(&database, &id, 0).await, Some(1));
        assert_eq!(generation_after(&database, &id, 0).await, Some(1), "its answer was lost");
        assert_eq!(generation_after(&database, &id, 1).await, Some(2));
        assert_eq!(generation_after(&database, &id, 1).await, Some(2));
    }

    #[tokio::test]
    async fn a_token_that_is_older_ends_its_session() {
        let (database, id) = open_session().await;
        for generation in 0..3 {
            assert_eq!(generation_after(&database, &id, generation).await, Some(generation + 1));
        }
        assert_eq!(generation_after(&database, &id, 1).await, None);
        assert_eq!(generation_after(&database, &id, 3).await, None, "the newest is dead too");
    }

    #[tokio::test]
    async fn a_session_ends_when_its_person_is_deactivated() {
        let (database, id) = open_session().await;
        sqlx::raw_sql("UPDATE people SET is_active = 0").execute(&database).await.unwrap();
        assert_eq!(generation_after(&database, &id, 0).await, None);
    }

    #[tokio::test]
    async fn no_refresh_moves_the_end_of_a_session() {
        let (database, id) = open_session().await;
        let before = get(&database, &id).await.unwrap().unwrap();
        sqlx::raw_sql("UPDATE sessions SET ends_at = refresh_expires_at + 1").execute(&database).await.unwrap();
        let after = rotate(&database, &id, 0).await.unwrap();
        assert!(after.refresh_expires_at <= after.ends_at && after.ends_at == before.refresh_expires_at + 1);
    }
}
