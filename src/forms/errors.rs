//! What the backend found wrong with the values of a form.

use yew::AttrValue;
use yew_auth::RequestError;

use super::field::Field;
use crate::ui::messages;

/// What a form says after a failure: beside its fields, and about all of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormErrors {
    /// About no single field; may be empty.
    pub general: AttrValue,
    by_field: Vec<(&'static str, AttrValue)>,
}

impl FormErrors {
    /// Puts each of the backend's errors beside its field. Errors of fields that the form does not have are general.
    pub fn new(error: &RequestError, fields: &'static [Field]) -> Self {
        let RequestError::Status(rejection) = error else { return Self::general(messages::form(error)) };
        let mut errors = Self::default();
        let mut general: Vec<&str> = rejection.detail.iter().map(String::as_str).collect();
        for (name, messages) in &rejection.fields {
            match fields.iter().find(|field| field.errors.contains(&name.as_str())) {
                Some(field) => errors.by_field.push((field.name, messages.join(" ").into())),
                None => general.extend(messages.iter().map(String::as_str)),
            }
        }
        if errors.by_field.is_empty() && (general.is_empty() || rejection.status != 400) {
            return Self::general(messages::form(error));
        }
        errors.general = general.join(" ").into();
        errors
    }

    pub fn general(sentence: String) -> Self {
        Self { general: sentence.into(), by_field: Vec::new() }
    }

    /// About one field, by its name.
    pub fn one(field: &'static str, sentence: String) -> Self {
        Self { general: AttrValue::default(), by_field: vec![(field, sentence.into())] }
    }

    /// Empty if nothing is wrong with the field.
    pub fn of_field(&self, field: &Field) -> AttrValue {
        let found = self.by_field.iter().find(|(name, _)| *name == field.name);
        found.map(|(_, error)| error.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use yew_auth::Rejection;

    use super::super::FieldKind;
    use super::*;

    static FIELDS: &[Field] = &[Field {
        name: "new-password",
        label: "New password",
        kind: FieldKind::Password,
        autocomplete: "new-password",
        hint: "",
        is_required: true,
        errors: &["new_password1", "new_password2"],
    }];

    fn errors(status: u16, body: &str) -> (String, String) {
        let error = RequestError::Status(Rejection::read(status, body.as_bytes(), None));
        let errors = FormErrors::new(&error, FIELDS);
        (errors.of_field(&FIELDS[0]).to_string(), errors.general.to_string())
    }

    #[test]
    fn an_error_stands_beside_its_field() {
        let told = errors(400, r#"{"new_password2": ["Too short.", "Too common."]}"#);
        assert_eq!(told, ("Too short. Too common.".to_owned(), String::new()));
    }

    #[test]
    fn errors_of_fields_that_the_form_does_not_have_are_general() {
        let told = errors(400, r#"{"new_password1": ["Too short."], "uid": ["Invalid value"], "detail": "No."}"#);
        assert_eq!(told, ("Too short.".to_owned(), "No. Invalid value".to_owned()));
    }

    #[test]
    fn without_any_explanation_the_app_gives_its_own() {
        let told = errors(500, "<h1>Error</h1>");
        assert_eq!(told.1, "The server cannot answer at the moment (status 500). Try again in a moment.");
    }
}
