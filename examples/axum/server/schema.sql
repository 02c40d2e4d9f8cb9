CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    password TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE IF NOT EXISTS sessions (
    -- 32 hex digits, no secret.
    id TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people,
    -- How often the session was refreshed: what its newest refresh token says.
    generation INTEGER NOT NULL,
    -- Times are in seconds since the Unix epoch.
    signed_in_at INTEGER NOT NULL,
    refresh_expires_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
);
