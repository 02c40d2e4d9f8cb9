//! Which access token a request carried.

use super::credentials::Credentials;
use super::record::StoredSession;
use super::time::Timestamp;

/// Identifies one access token of one session, so that a refused token is never taken for its successor.
///
/// Tokens in cookies cannot be compared; who they belong to and when they were issued can. `Debug` shows no secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenId {
    credentials: Credentials,
    issued_at: Timestamp,
    user_id: String,
}

impl StoredSession {
    /// Identifies the access token of this session. It stays the same when anything else of the session changes.
    #[must_use]
    pub fn token_id(&self) -> TokenId {
        TokenId {
            credentials: self.credentials.clone(),
            issued_at: self.access_issued_at,
            user_id: self.user.id.clone(),
        }
    }
}
