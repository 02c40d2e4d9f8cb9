//! What is wrong with what was typed.

use yew::AttrValue;
use yew_auth::RequestError;

use crate::field::Field;
use crate::words;

/// What a form says after a failure: beside its fields, and as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormErrors {
    /// About no one field; may be empty.
    pub whole: AttrValue,
    of_fields: Vec<(&'static str, AttrValue)>,
}

impl FormErrors {
    /// The backend's words about each field beside it. What it says of a field that the form does not have is said of
    /// the whole.
    pub fn of(error: &RequestError, fields: &'static [Field]) -> Self {
        let RequestError::Status(rejection) = error else { return Self::whole(words::form(error)) };
        let mut errors = Self::default();
        let mut rest: Vec<&str> = rejection.detail.iter().map(String::as_str).collect();
        for (name, messages) in &rejection.fields {
            match fields.iter().find(|field| field.errors.contains(&name.as_str())) {
                Some(field) => errors.of_fields.push((field.name, messages.join(" ").into())),
                None => rest.extend(messages.iter().map(String::as_str)),
            }
        }
        if errors.of_fields.is_empty() && (rest.is_empty() || rejection.status != 400) {
            return Self::whole(words::form(error));
        }
        errors.whole = rest.join(" ").into();
        errors
    }

    /// About the whole form.
    pub fn whole(sentence: String) -> Self {
        Self { whole: sentence.into(), of_fields: Vec::new() }
    }

    /// About one field.
    pub fn one(field: &'static str, sentence: String) -> Self {
        Self { whole: AttrValue::default(), of_fields: vec![(field, sentence.into())] }
    }

    /// About a field; empty when nothing is wrong with it.
    pub fn of_field(&self, field: &Field) -> AttrValue {
        let found = self.of_fields.iter().find(|(name, _)| *name == field.name);
        found.map(|(_, error)| error.clone()).unwrap_or_default()
    }
}
