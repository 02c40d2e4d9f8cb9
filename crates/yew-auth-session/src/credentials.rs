//! What proves a session.

use serde::{Deserialize, Serialize};

use super::session_id::SessionId;
use super::token::{AccessToken, RefreshToken};

/// How the sessions of a backend are proven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CredentialKind {
    /// By tokens that the page holds and sends itself.
    #[default]
    Bearer,
    /// By cookies with fixed names: every sign-in replaces the cookies of the session before.
    Cookie,
    /// By cookies that are named after their session: the cookies of one session never replace those of another.
    SessionCookie,
}

/// What proves a session to the backend.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credentials {
    /// The page holds the tokens and sends them itself.
    Bearer {
        /// Presented to the API.
        access: AccessToken,
        /// Presented to the token endpoint. Without one the session cannot be refreshed: when the API refuses the access
        /// token, the backend is asked whether the session still lives.
        #[serde(default)]
        refresh: Option<RefreshToken>,
    },
    /// The browser holds what proves the session in HttpOnly cookies with fixed names; no script can read them.
    Cookie,
    /// The browser holds both in HttpOnly cookies that are named after the session.
    SessionCookie {
        /// The session that every request names.
        session: SessionId,
    },
}

impl Credentials {
    /// The refresh token, if the page holds it.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        match self {
            Self::Bearer { refresh, .. } => refresh.as_ref(),
            Self::Cookie | Self::SessionCookie { .. } => None,
        }
    }

    /// The access token, if the page holds it.
    #[must_use]
    pub fn access_token(&self) -> Option<&AccessToken> {
        match self {
            Self::Bearer { access, .. } => Some(access),
            Self::Cookie | Self::SessionCookie { .. } => None,
        }
    }

    /// The session that requests name, if its cookies are named after it.
    #[must_use]
    pub fn session(&self) -> Option<&SessionId> {
        match self {
            Self::SessionCookie { session } => Some(session),
            Self::Bearer { .. } | Self::Cookie => None,
        }
    }
}
