//! What a person signs in with.

use std::fmt;

use super::password::Password;

/// A username or an e-mail address, and a password, which does not stay in memory.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    pub(super) name: String,
    pub(super) password: Password,
}

impl Login {
    /// What was typed.
    #[must_use]
    pub fn new(username_or_email: impl Into<String>, password: impl Into<String>) -> Self {
        Self { name: username_or_email.into(), password: Password::new(password) }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login([redacted])")
    }
}
