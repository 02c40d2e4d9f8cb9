//! An answer with an error status.

use std::time::Duration;

use serde_json::value::RawValue;

use super::JsonObject;
use super::api_response::without_byte_order_mark;
use crate::json;

/// The longest text that is kept, in characters.
const MAX_DETAIL: usize = 500;

/// How many fields with errors are kept, and how many errors of each.
const MAX_ERRORS: usize = 20;

/// How deep the errors of fields are read.
const MAX_DEPTH: usize = 8;

/// Why the backend refused a request. Texts are cut off at 500 characters; show them as plain text only.
///
/// It reads what Django REST Framework writes, with nested fields, lists of errors (`{"errors": [{"detail", "attr"}]}`),
/// `{"message"}`, OAuth's `error` (RFC 6749 section 5.2) and problem details (RFC 9457).
///
/// # Example
///
/// ```
/// use yew_auth::Rejection;
///
/// let rejection = Rejection::read(400, br#"{"address": {"city": ["Too long."]}}"#, None);
/// assert_eq!(rejection.fields, [("address.city".to_owned(), vec!["Too long.".to_owned()])]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejection {
    /// The HTTP status.
    pub status: u16,
    /// What is wrong with the request as a whole: DRF's `detail` or `non_field_errors`, a `message`, a `title`.
    pub detail: Option<String>,
    /// DRF's `code`, such as `token_not_valid`, or OAuth's `error`.
    pub code: Option<String>,
    /// The errors of each field, in the backend's order. A field of a field has a dot in its name: `address.city`.
    pub fields: Vec<(String, Vec<String>)>,
    /// How long to wait before the next try, if the backend says so.
    pub retry_after: Option<Duration>,
}

impl Rejection {
    /// Reads the body of an answer. A body that is no JSON object or list is ignored.
    #[must_use]
    pub fn read(status: u16, body: &[u8], retry_after: Option<Duration>) -> Self {
        let mut rejection = Self { status, detail: None, code: None, fields: Vec::new(), retry_after };
        let text = str::from_utf8(without_byte_order_mark(body)).unwrap_or_default();
        match JsonObject::read(text) {
            Some(object) => rejection.read_object(&object),
            None => rejection.detail = joined(messages(text)),
        }
        rejection
    }

    /// What the backend says, for a person to read: its detail and the errors of its fields. `None` if it explains nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use yew_auth::Rejection;
    ///
    /// let rejection = Rejection::read(400, br#"{"password": ["Too short.", "Too common."]}"#, None);
    /// assert_eq!(rejection.words().as_deref(), Some("Too short. Too common."));
    /// ```
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let of_fields = self.fields.iter().flat_map(|(_, errors)| errors);
        joined(self.detail.iter().chain(of_fields).cloned().collect())
    }

    /// Whether the browser holds the cookies of another session, and not of the one that the request named. This
    /// repository's backend says so.
    pub(crate) fn names_another_session(&self) -> bool {
        self.status == 409 && self.code.as_deref() == Some("another_session")
    }

    fn read_object(&mut self, object: &JsonObject<'_>) {
        let text = |name| object.text(name).map(|text| short(&text));
        let error = text("error");
        let has_status = object.get::<u16>("status").is_some();
        let is_problem = text("title").is_some() || object.raw("errors").is_some();
        self.code = text("code").or_else(|| error.clone().filter(|error| is_code(error)));
        let of_drf = ["detail", "non_field_errors"].iter().find_map(|name| joined(messages(object.raw(name)?)));
        let of_others = || ["error_description", "message", "title"].into_iter().find_map(text);
        self.detail = of_drf.or_else(of_others).or_else(|| error.filter(|error| !is_code(error)));
        for (name, value) in object.entries() {
            // A field of a form may have one of these names: its errors are a list.
            let is_text = value.starts_with('"');
            match name {
                "detail" | "non_field_errors" => {}
                "code" | "error" | "error_uri" | "error_description" | "message" | "title" if is_text => {}
                "type" | "instance" if is_problem => {}
                // allauth says there what to do next, and which session token to use for it.
                "data" | "meta" if has_status => {}
                "errors" => self.read_errors(value),
                name => self.read_field(name, value, 0),
            }
        }
    }

    /// A list of errors that name their fields, or an object of fields.
    fn read_errors(&mut self, value: &str) {
        let Ok(errors) = json::read::<Vec<&RawValue>>(value) else {
            return self.read_fields("", value, 0);
        };
        for error in errors.into_iter().filter_map(|error| JsonObject::read(error.get())) {
            let text = |names: [&str; 3]| names.iter().find_map(|name| error.text(name));
            let Some(message) = text(["detail", "message", "msg"]) else { continue };
            self.code = self.code.take().or_else(|| error.text("code").map(|code| short(&code)));
            match text(["attr", "param", "field"]).filter(|field| field != "non_field_errors" && field != "__all__") {
                Some(field) => self.add(&field, vec![short(&message)]),
                None => self.detail = joined(self.detail.take().into_iter().chain([short(&message)]).collect()),
            }
        }
    }

    /// The errors of one field: a list of texts, or the errors of its own fields. A field of the form itself may have one
    /// text alone.
    fn read_field(&mut self, name: &str, value: &str, depth: usize) {
        let is_list = value.starts_with('[');
        match messages(value) {
            messages if !messages.is_empty() && (is_list || depth == 0) => self.add(name, messages),
            _ => self.read_fields(name, value, depth + 1),
        }
    }

    fn read_fields(&mut self, outer: &str, value: &str, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        if let Some(object) = JsonObject::read(value) {
            for (name, value) in object.entries() {
                self.read_field(&inner(outer, name), value, depth);
            }
        } else if let Ok(items) = json::read::<Vec<&RawValue>>(value) {
            for (place, item) in items.iter().enumerate().take(MAX_ERRORS) {
                self.read_fields(&inner(outer, &place.to_string()), item.get(), depth + 1);
            }
        }
    }

    fn add(&mut self, name: &str, messages: Vec<String>) {
        match self.fields.iter().position(|(field, _)| field == name) {
            Some(place) => self.fields[place].1.extend(messages),
            None if self.fields.len() < MAX_ERRORS => self.fields.push((short(name), messages)),
            None => {}
        }
    }
}

fn inner(outer: &str, name: &str) -> String {
    if outer.is_empty() { name.to_owned() } else { format!("{outer}.{name}") }
}

/// OAuth's errors are words for programs (RFC 6749 section 5.2); others write a sentence.
fn is_code(error: &str) -> bool {
    !error.contains(' ')
}

/// A text, or the texts of a list.
fn messages(value: &str) -> Vec<String> {
    let text = |value: &str| json::read::<String>(value).ok().map(|text| short(&text));
    match json::read::<Vec<&RawValue>>(value) {
        Ok(values) => values.iter().filter_map(|value| text(value.get())).take(MAX_ERRORS).collect(),
        Err(_) => text(value).into_iter().collect(),
    }
}

fn joined(messages: Vec<String>) -> Option<String> {
    messages.into_iter().reduce(|all, next| all + " " + &next)
}

fn short(text: &str) -> String {
    text.chars().take(MAX_DETAIL).collect()
}

#[cfg(test)]
#[path = "rejection_tests.rs"]
mod tests;
