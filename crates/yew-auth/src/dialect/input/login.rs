//! A username and a password.

use std::fmt;

use super::password::Password;

/// A username or an email address, and a password. The password is wiped from memory when this is dropped.
///
/// # Example
///
/// ```
/// use yew_auth::Login;
///
/// let login = Login::new("ada@example.test", "correct horse");
/// assert_eq!(format!("{login:?}"), "Login([redacted])");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    name: String,
    password: Password,
}

impl Login {
    /// The input of a sign-in form.
    #[must_use]
    pub fn new(username_or_email: impl Into<String>, password: impl Into<String>) -> Self {
        Self { name: username_or_email.into(), password: Password::new(password) }
    }

    /// The username or the email address, as it was typed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The password. Never log it.
    #[must_use]
    pub fn password(&self) -> &str {
        self.password.secret()
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login([redacted])")
    }
}
