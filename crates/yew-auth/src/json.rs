//! Writing JSON text that may hold a secret.

use serde::Serialize;

/// No record and no request body is longer, as a rule.
const USUAL_LENGTH: usize = 1024;

/// The value as JSON; an empty text for a value that JSON has no form for, such as a map with keys that are no texts.
///
/// The buffer has its size from the start: one that grows leaves copies of its beginning in memory, and there may be a
/// password or a token in it.
pub(crate) fn text<T: Serialize>(value: &T) -> String {
    let mut text = Vec::with_capacity(USUAL_LENGTH);
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => String::new(),
    }
}
