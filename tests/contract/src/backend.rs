//! A backend, and what is expected to hold with it.

/// A row of `docs/backends.md`.
#[derive(Debug, Clone)]
pub struct Backend {
    /// The name of the row.
    pub title: &'static str,
    /// The packages whose versions the row names.
    pub packages: &'static [&'static str],
    /// How an app names the backend.
    pub config: &'static str,
    /// The server that runs.
    pub server: Server,
    /// The app that runs in the browser.
    pub app: App,
    /// The path of the app, with a slash at its end.
    pub base: &'static str,
    /// The beginnings of the paths that the server answers.
    pub api: &'static [&'static str],
    /// The protected data.
    pub posts: &'static str,
    /// What two people type as their names, and how the page shows them.
    pub people: [Person; 2],
    /// The words that answer a wrong password.
    pub wrong_password: &'static str,
    /// How an administrator ends sessions.
    pub ended_by: EndedBy,
    /// What holds.
    pub outcome: Outcome,
}

/// How somebody signs in.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// What they type as their name.
    pub name: &'static str,
    /// Their password.
    pub password: &'static str,
    /// What the page shows.
    pub display_name: &'static str,
}

/// A program that serves the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// A file of Python with settings and URL patterns, by its path in the repository.
    Django(&'static str),
    /// The server of the axum example.
    Axum,
}

/// An app that uses the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum App {
    /// An example, by its folder.
    Example(&'static str),
    /// The page of these tests, told by this name which backend it has.
    Page(&'static str),
}

/// How an administrator ends the sessions of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    /// The person is deactivated. This table of people has a column `is_active`.
    Deactivation {
        /// The table.
        table: &'static str,
    },
    /// Their tokens are deleted. The backend does not look at the person.
    Deletion {
        /// The tables of the tokens, the referring one first.
        tables: &'static [&'static str],
    },
}

/// What holds with a backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All of the contract. What differs from one backend to the other is in the fields.
    Works {
        /// How sessions are refreshed.
        refreshes: Refreshes,
        /// What a sign-out does.
        sign_out: SignOut,
    },
    /// A sign-in says which setting is missing. The page shows these words.
    SaysWhatIsMissing(&'static str),
}

/// How sessions are refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshes {
    /// One refresh per lifetime of the access token, at this path, however many tabs.
    OncePerLifetime {
        /// The path of the refresh.
        path: &'static str,
        /// What follows when the answer to one is lost.
        lost: LostRefresh,
        /// How the page learns that its first token expires.
        first: FirstRefresh,
    },
    /// Never: a session lasts until the backend ends it.
    Never,
}

/// How the page learns that the token of a sign-in expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstRefresh {
    /// The answer to the sign-in says so.
    IsInTime,
    /// A request is refused, and sent again after the refresh. The page notices nothing.
    FollowsA401,
}

/// What follows when the answer to a refresh is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LostRefresh {
    /// The next refresh succeeds.
    IsRecovered,
    /// The backend has used the refresh token up: it refuses the next refresh, and the user signs in again.
    EndsTheSession,
}

/// What a sign-out does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOut {
    /// The backend no longer accepts the session's credentials.
    Revokes {
        /// The path of the sign-out.
        path: &'static str,
        /// What is tried.
        revoked: Revoked,
    },
    /// The browser forgets the credentials. The backend would accept them until they expire.
    Forgets {
        /// The path of the sign-out, if the backend has one.
        path: Option<&'static str>,
    },
}

/// What a backend no longer accepts after a sign-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// The refresh token. The access token is a JWT, which expires by itself.
    RefreshToken,
    /// What authorizes a request: the session, or a token that the backend looks up.
    Session,
}
