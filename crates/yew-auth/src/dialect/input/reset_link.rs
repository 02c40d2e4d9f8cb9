//! The link that sets a new password.

use std::fmt;

use crate::browser::location::{self, Query};

/// The secret of a password reset link: its fragment, `#uid=..&token=..`. Whoever has it can set the account's password.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetLink {
    uid: String,
    token: String,
}

impl ResetLink {
    /// Takes it out of the page's address and history. `None` if the address has none.
    #[must_use]
    pub fn take_from_address() -> Option<Self> {
        let fragment = Query::of_fragment();
        let (uid, token) = (fragment.first("uid"), fragment.first("token"));
        if uid.is_some() || token.is_some() {
            location::forget_query();
        }
        Some(Self { uid: uid?, token: token? })
    }

    /// Names the account.
    #[must_use]
    pub fn uid(&self) -> &str {
        &self.uid
    }

    /// The secret. Never log it.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }
}

impl fmt::Debug for ResetLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResetLink([redacted])")
    }
}
