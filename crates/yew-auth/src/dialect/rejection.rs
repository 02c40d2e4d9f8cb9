//! An answer with an error status, as DRF writes it.

use std::fmt;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The longest text that is kept, in characters.
const MAX_DETAIL: usize = 500;

/// How many fields with errors are kept, and how many errors of each.
const MAX_ERRORS: usize = 20;

/// Why the backend refused a request. Texts are cut off at 500 characters; show them as plain text only.
///
/// # Example
///
/// ```
/// use yew_auth::Rejection;
///
/// let rejection = Rejection::read(400, br#"{"username": ["Too long."]}"#, None);
/// assert_eq!(rejection.fields, [("username".to_owned(), vec!["Too long.".to_owned()])]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejection {
    /// The HTTP status.
    pub status: u16,
    /// DRF's `detail`, or its `non_field_errors` as one text.
    pub detail: Option<String>,
    /// DRF's `code`, such as `token_not_valid`.
    pub code: Option<String>,
    /// The errors of each field, in the backend's order.
    pub fields: Vec<(String, Vec<String>)>,
    /// How long to wait before the next try, if the backend says so.
    pub retry_after: Option<Duration>,
}

impl Rejection {
    /// Reads the body of an answer. A body that is not DRF's is ignored.
    #[must_use]
    pub fn read(status: u16, body: &[u8], retry_after: Option<Duration>) -> Self {
        let mut rejection = Self { status, detail: None, code: None, fields: Vec::new(), retry_after };
        match serde_json::from_slice(body) {
            Ok(Body::Object(entries)) => rejection.read_object(entries),
            Ok(Body::List(values)) => rejection.detail = joined(messages(&Value::Array(values))),
            Err(_) => {}
        }
        rejection
    }

    fn read_object(&mut self, entries: Vec<(String, Value)>) {
        for (name, value) in entries {
            match name.as_str() {
                "code" => self.code = value.as_str().map(short),
                "detail" | "non_field_errors" => self.detail = joined(messages(&value)),
                _ => {
                    let messages = messages(&value);
                    if !messages.is_empty() && self.fields.len() < MAX_ERRORS {
                        self.fields.push((short(&name), messages));
                    }
                }
            }
        }
    }
}

/// A body that may be DRF's. It keeps the order of an object's entries, which `serde_json::Value` does not.
enum Body {
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BodyVisitor;

        impl<'de> Visitor<'de> for BodyVisitor {
            type Value = Body;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a list")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Body::Object(entries))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Body, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Body::List(values))
            }
        }

        deserializer.deserialize_any(BodyVisitor)
    }
}

fn messages(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![short(text)],
        Value::Array(values) => values.iter().filter_map(Value::as_str).take(MAX_ERRORS).map(short).collect(),
        _ => Vec::new(),
    }
}

fn joined(messages: Vec<String>) -> Option<String> {
    messages.into_iter().reduce(|all, next| all + " " + &next)
}

fn short(text: &str) -> String {
    text.chars().take(MAX_DETAIL).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(body: &str) -> Rejection {
        Rejection::read(400, body.as_bytes(), None)
    }

    #[test]
    fn drfs_detail_and_code_are_read() {
        let rejection = read(r#"{"detail":"Token is invalid","code":"token_not_valid"}"#);
        assert_eq!(rejection.detail.as_deref(), Some("Token is invalid"));
        assert_eq!(rejection.code.as_deref(), Some("token_not_valid"));
    }

    #[test]
    fn errors_of_fields_are_read_and_non_field_errors_are_the_detail() {
        let rejection = read(r#"{"email":["Bad.","Worse."],"non_field_errors":["Unable to log in."]}"#);
        assert_eq!(rejection.fields, [("email".to_owned(), vec!["Bad.".to_owned(), "Worse.".to_owned()])]);
        assert_eq!(rejection.detail.as_deref(), Some("Unable to log in."));
    }

    #[test]
    fn a_body_that_is_not_drfs_is_ignored() {
        for body in ["", "<html>", "null", "{", r#"{"detail":7,"a":{},"b":[1]}"#, "\u{0}"] {
            let rejection = read(body);
            assert_eq!((rejection.detail, rejection.fields), (None, vec![]), "{body}");
        }
    }

    #[test]
    fn x3_hostile_bodies_are_ignored_or_read_as_plain_text() {
        let deep = format!(r#"{{"detail":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        for silent in
            [&deep, r#"{"detail":{"a":{"b":["c"]}}}"#, r#"{"detail":"\ud800"}"#, r#"{"detail":"a"#, "[[[\"a\"]]]"]
        {
            assert_eq!(read(silent).detail, None, "{silent:.60}");
        }
        assert_eq!(read(r#"{"detail":"a","detail":"b"}"#).detail.as_deref(), Some("b"));
        assert_eq!(read(r#"{"__proto__":["x"],"constructor":"y"}"#).fields.len(), 2);
        assert_eq!(read(r#"{"detail":"<b>\u0000\u202e"}"#).detail.as_deref(), Some("<b>\0\u{202e}"));
    }

    #[test]
    fn x3_endless_errors_are_cut_off() {
        let many = format!(r#"["{}"]"#, vec!["x".repeat(600); 30].join(r#"",""#));
        assert_eq!(read(&many).detail.unwrap().len(), MAX_ERRORS * (MAX_DETAIL + 1) - 1);
        let fields: Vec<String> = (0..30).map(|number| format!(r#""field{number}":{many}"#)).collect();
        let rejection = read(&format!("{{{}}}", fields.join(",")));
        assert_eq!((rejection.fields.len(), rejection.fields[0].1.len()), (MAX_ERRORS, MAX_ERRORS));
    }

    proptest! {
        #[test]
        fn no_text_that_looks_like_drfs_makes_the_reader_panic(body in r#"[\[{]("(detail|code|a)":?[\["{,1\]]{0,3}(\\u[0-9a-f]{4})?"?[,}\]]?){0,6}"#) {
            let _ = read(&body);
        }

        #[test]
        fn no_body_makes_the_reader_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Rejection::read(500, &body, None);
        }
    }
}
