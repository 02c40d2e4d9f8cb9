//! What a person registers with.

use std::fmt;

use super::password::Password;

/// A name, an e-mail address, and a password, which does not stay in memory.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub(super) username: String,
    pub(super) email: String,
    pub(super) password: Password,
}

impl NewAccount {
    /// What was typed. The password is asked for once: a form that can show it needs no second field.
    #[must_use]
    pub fn new(username: impl Into<String>, email: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: username.into(), email: email.into(), password: Password::new(password) }
    }
}

impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewAccount([redacted])")
    }
}
