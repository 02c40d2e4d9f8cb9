//! A password on its way.

use zeroize::Zeroize;

/// A script that gets into the page later could read the memory of the app, and a password is worth more than a session:
/// it does not stay there.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Password(String);

impl Password {
    pub(super) fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    pub(super) fn secret(&self) -> &str {
        &self.0
    }
}

impl Drop for Password {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
