//! Who can sign in.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use serde::Serialize;
use sqlx::SqlitePool;
use tokio::task::spawn_blocking;

use crate::api_error::ApiError;

/// A person as the app sees them.
#[derive(Serialize, sqlx::FromRow)]
pub struct Person {
    pub id: i64,
    pub username: String,
    pub email: String,
}

#[derive(Clone)]
pub struct People {
    database: SqlitePool,
    /// Compared with when there is no such person, so that the time of the answer does not tell.
    nobody: String,
}

impl People {
    pub fn new(database: SqlitePool) -> Self {
        Self { database, nobody: hash("the password of nobody") }
    }

    /// Adds a person, unless there is one of that name.
    pub async fn add(&self, username: &str, email: &str, password: &str) -> Result<(), sqlx::Error> {
        sqlx::query("INSERT OR IGNORE INTO people (username, email, password) VALUES (?, ?, ?)")
            .bind(username)
            .bind(email)
            .bind(hash(password))
            .execute(&self.database)
            .await?;
        Ok(())
    }

    /// The person with this name and password.
    pub async fn authenticate(&self, username: &str, password: String) -> Result<Person, ApiError> {
        let found: Option<(i64, String)> =
            sqlx::query_as("SELECT id, password FROM people WHERE username = ? AND is_active")
                .bind(username)
                .fetch_optional(&self.database)
                .await?;
        let hash = found.as_ref().map_or(&self.nobody, |(_, hash)| hash).clone();
        // argon2 takes its time on purpose: not on a thread that serves others.
        let is_right = spawn_blocking(move || is_right(&password, &hash)).await.unwrap_or(false);
        match found {
            Some((id, _)) if is_right => self.get(id).await?.ok_or(ApiError::WrongPassword),
            _ => Err(ApiError::WrongPassword),
        }
    }

    /// The person with this id, unless they are gone or deactivated.
    pub async fn get(&self, id: i64) -> Result<Option<Person>, sqlx::Error> {
        sqlx::query_as("SELECT id, username, email FROM people WHERE id = ? AND is_active")
            .bind(id)
            .fetch_optional(&self.database)
            .await
    }
}

fn hash(password: &str) -> String {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.expect("the default parameters and a short password are valid").to_string()
}

fn is_right(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
