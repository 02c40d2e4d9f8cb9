//! Who can sign in.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use sqlx::SqlitePool;
use tokio::task::spawn_blocking;

use crate::error::{ApiError, WRONG_PASSWORD};

/// Compared with when there is no such person, so that the time of the answer does not tell.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("the password of nobody"));

/// Adds a person, unless there is one of that name.
pub async fn add(database: &SqlitePool, username: &str, email: &str, password: &str) -> Result<(), sqlx::Error> {
    let insert = sqlx::query("INSERT OR IGNORE INTO people (username, email, password) VALUES (?, ?, ?)");
    insert.bind(username).bind(email).bind(hash(password)).execute(database).await?;
    Ok(())
}

/// The id of the person with this name and password.
pub async fn authenticate(database: &SqlitePool, username: &str, password: String) -> Result<i64, ApiError> {
    let person = sqlx::query_as("SELECT id, password FROM people WHERE username = ? AND is_active");
    let person: Option<(i64, String)> = person.bind(username).fetch_optional(database).await?;
    let hash = person.as_ref().map_or(&*NOBODY, |(_, hash)| hash).clone();
    // argon2 takes its time on purpose: not on a thread that serves others.
    let verify = move || Argon2::default().verify_password(password.as_bytes(), &PasswordHash::new(&hash)?);
    let is_right = spawn_blocking(verify).await.is_ok_and(|verified| verified.is_ok());
    person.filter(|_| is_right).map(|(id, _)| id).ok_or(WRONG_PASSWORD)
}

fn hash(password: &str) -> String {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.expect("the default parameters and a short password are valid").to_string()
}
