//! The last sign-in with a provider that this tab has completed.

use serde::{Deserialize, Serialize};

use super::pending_authorization::CallbackQuery;
use crate::browser::storage;
use crate::json;
use crate::return_path::ReturnPath;

/// Remembered so that somebody who goes back to the provider, and is sent here with the same answer again, arrives where
/// they were going. The answer is not used again. Nothing in it is a secret any more.
#[derive(Serialize, Deserialize)]
pub(super) struct CompletedAuthorization {
    pub(super) state: String,
    pub(super) return_to: ReturnPath,
}

impl CompletedAuthorization {
    pub(super) fn of_tab(name: &str) -> Option<Self> {
        json::read(&storage::read_from_tab(&key(name))?).ok()
    }

    /// Without storage nothing is remembered, and a repeated answer is refused.
    pub(super) fn keep(&self, name: &str) {
        let _ = storage::keep_in_tab(&key(name), &json::text(self));
    }

    pub(super) fn is_repeated_by(&self, answer: &CallbackQuery) -> bool {
        answer.state.as_slice() == [self.state.as_str()]
    }
}

fn key(name: &str) -> String {
    format!("{name}.authorized")
}
