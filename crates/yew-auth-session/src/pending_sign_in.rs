//! A sign-in that was sent and not yet answered.

use serde::{Deserialize, Serialize};

/// Names one attempt to sign in; no two are alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SignInId(String);

impl SignInId {
    /// The attempt of this name. Whoever drives the machine draws it at random.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

/// The mark of a sign-in under way. It is in the record before the request is sent, so that a tab that dies leaves a
/// trace of a session that the server may have opened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PendingSignIn {
    /// Which attempt.
    pub attempt: SignInId,
    /// Somebody has signed out since, in whichever tab: the session is to be revoked, not shown.
    pub cancelled: bool,
}
