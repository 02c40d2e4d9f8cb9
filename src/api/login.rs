//! What a person signs in with.

use std::fmt;

use zeroize::Zeroize;

/// A username or an e-mail address, and a password, which does not stay in memory.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    pub(super) name: String,
    pub(super) password: String,
}

impl Login {
    /// What was typed.
    #[must_use]
    pub fn new(username_or_email: impl Into<String>, password: impl Into<String>) -> Self {
        Self { name: username_or_email.into(), password: password.into() }
    }
}

/// A script that gets into the page later could read the memory of the app, and a password is worth more than a session.
impl Drop for Login {
    fn drop(&mut self) {
        self.password.zeroize();
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login([redacted])")
    }
}
