//! The input of a registration.

use std::fmt;

use super::password::Password;

/// A username, an email address and a password. The password is wiped from memory when this is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAccount {
    username: String,
    email: String,
    password: Password,
}

impl NewAccount {
    /// The input of a registration form.
    #[must_use]
    pub fn new(username: impl Into<String>, email: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: username.into(), email: email.into(), password: Password::new(password) }
    }

    /// The username.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The email address.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.email
    }

    /// The password. Never log it.
    #[must_use]
    pub fn password(&self) -> &str {
        self.password.secret()
    }
}

impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewAccount([redacted])")
    }
}
