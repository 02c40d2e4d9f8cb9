//! What proves a session.

use serde::{Deserialize, Serialize};

use super::token::{AccessToken, RefreshToken};

/// What proves a session to the backend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credentials {
    /// The page holds both tokens and sends them itself.
    Bearer {
        /// Presented to the API.
        access: AccessToken,
        /// Presented to the token endpoint.
        refresh: RefreshToken,
    },
    /// The browser holds both in HttpOnly cookies; no script can read them.
    Cookie,
}

impl Credentials {
    /// The refresh token, where the page holds it.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        match self {
            Self::Bearer { refresh, .. } => Some(refresh),
            Self::Cookie => None,
        }
    }

    /// The access token, where the page holds it.
    #[must_use]
    pub fn access_token(&self) -> Option<&AccessToken> {
        match self {
            Self::Bearer { access, .. } => Some(access),
            Self::Cookie => None,
        }
    }
}
