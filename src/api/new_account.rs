//! What a person registers with.

use std::fmt;

/// A name, an e-mail address, and a password.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub(super) username: String,
    pub(super) email: String,
    pub(super) password: String,
}

impl NewAccount {
    /// What was typed. The password is asked for once: a form that can show it needs no second field.
    #[must_use]
    pub fn new(username: impl Into<String>, email: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: username.into(), email: email.into(), password: password.into() }
    }
}

impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewAccount([redacted])")
    }
}
