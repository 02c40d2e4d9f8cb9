//! A password that is wiped from memory.

use zeroize::Zeroize;

/// A script that is injected later could read the memory of the app, so a password does not stay there.
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
