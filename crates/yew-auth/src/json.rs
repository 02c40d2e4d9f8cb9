//! Writes JSON that may hold a secret, and reads it again.

use serde::{Deserialize, Serialize};

/// Longer than nearly every record and request body.
const USUAL_LENGTH: usize = 1024;

/// The value as JSON, or an empty text if JSON cannot represent it, such as a map whose keys are not strings.
///
/// The buffer is allocated at full size, because one that grows leaves copies of a password or a token in memory.
pub(crate) fn text<T: Serialize>(value: &T) -> String {
    let mut text = Vec::with_capacity(USUAL_LENGTH);
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// The value that a text holds. Texts are read as bytes, as answers are: the parser is compiled once.
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    serde_json::from_slice(text.as_bytes())
}
