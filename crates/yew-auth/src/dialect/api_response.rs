//! An answer of the backend, as a dialect reads it.

use super::{JsonObject, Rejection};

/// An answer of the backend: its status and its body. It may hold tokens, so it has no `Debug`.
#[derive(Clone)]
pub struct ApiResponse {
    status: u16,
    body: Vec<u8>,
}

/// The byte order mark, which some servers put before a JSON body. RFC 8259 section 8.1 lets a reader skip it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl ApiResponse {
    /// An answer, for tests of a dialect.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into() }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the status is a success (RFC 9110 section 15.3).
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether there is no body, or only white space.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.json().trim_ascii().is_empty()
    }

    /// The body, if it is a JSON object.
    #[must_use]
    pub fn object(&self) -> Option<JsonObject<'_>> {
        JsonObject::read(str::from_utf8(self.json()).ok()?)
    }

    /// The body, read as a refusal. It says nothing about [`retry_after`](Rejection::retry_after).
    #[must_use]
    pub fn rejection(&self) -> Rejection {
        Rejection::read(self.status, &self.body, None)
    }

    /// The body without a byte order mark.
    pub(crate) fn json(&self) -> &[u8] {
        without_byte_order_mark(&self.body)
    }
}

pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_with_a_byte_order_mark_is_read_like_one_without() {
        let response = ApiResponse::new(200, "\u{feff}{\"a\":\"b\"}");
        assert_eq!(response.object().unwrap().text("a").as_deref(), Some("b"));
        assert!(ApiResponse::new(200, "\u{feff}\n").is_empty());
    }

    #[test]
    fn a_body_that_is_no_json_object_has_no_fields() {
        for body in ["", "[]", "null", "\"ok\"", "<html>", "{", "{}}", "\u{0}"] {
            assert!(ApiResponse::new(200, body).object().is_none(), "{body}");
        }
        assert!(ApiResponse::new(200, b"{\"a\":\"\xff\"}").object().is_none(), "not UTF-8");
    }
}
