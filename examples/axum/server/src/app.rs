//! What all requests share.

use std::env;
use std::error::Error;
use std::path::PathBuf;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::cookies::Cookies;
use crate::people::People;
use crate::sessions::{Lifetimes, Sessions};
use crate::signing_key::SigningKey;

/// People and their sessions.
pub const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE, email TEXT NOT NULL, password TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, person INTEGER NOT NULL REFERENCES people, generation INTEGER NOT NULL,
    signed_in_at INTEGER NOT NULL, refresh_expires_at INTEGER NOT NULL, ends_at INTEGER NOT NULL
);
";

/// The database and the settings.
#[derive(Clone)]
pub struct App {
    pub people: People,
    pub sessions: Sessions,
    pub cookies: Cookies,
}

impl App {
    /// Opens the database of the variable `DATABASE`, and makes it if there is none.
    pub async fn open() -> Result<Self, Box<dyn Error>> {
        let file = PathBuf::from(variable("DATABASE", "axum-example.sqlite3"));
        let key = SigningKey::read_or_create(&file.with_extension("key"))?;
        let database =
            SqlitePool::connect_with(SqliteConnectOptions::new().filename(file).create_if_missing(true)).await?;
        sqlx::raw_sql(SCHEMA).execute(&database).await?;
        let lifetimes = Lifetimes {
            access: variable("ACCESS_TOKEN_SECONDS", "300").parse()?,
            refresh: 14 * 24 * 3600,
            session: 90 * 24 * 3600,
        };
        Ok(Self {
            people: People::new(database.clone()),
            sessions: Sessions { database, lifetimes },
            cookies: Cookies { key, is_secure: variable("SECURE_COOKIES", "0") == "1", lifetimes },
        })
    }
}

/// An environment variable, or its default.
pub fn variable(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}
