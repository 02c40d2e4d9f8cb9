//! Signing in with a password.

use yew::prelude::*;
use yew_auth::{Login, RequestError, UseAuthHandle};

use crate::field::{Field, Kind};
use crate::form::{Form, Sending, Typed};
use crate::form_errors::FormErrors;
use crate::words;

static FIELDS: &[Field] = &[
    Field {
        name: "username",
        label: "Username or email",
        kind: Kind::UsernameOrEmail,
        autocomplete: "username",
        hint: "",
        is_required: true,
        errors: &[],
    },
    Field {
        name: "password",
        label: "Password",
        kind: Kind::Password,
        autocomplete: "current-password",
        hint: "",
        is_required: true,
        errors: &["password"],
    },
];

/// The form. `known` is who is expected to sign in, where that is known.
pub fn password_form(auth: UseAuthHandle, known: Option<String>) -> Html {
    let send = Callback::from(move |typed: Typed| -> Sending {
        let login = Login::new(typed.get("username").trim(), typed.get("password"));
        let auth = auth.clone();
        Box::pin(async move { auth.sign_in(login).await.map_err(|error| explain(&error)) })
    });
    html! { <Form fields={FIELDS} initial={Vec::from_iter(known)} submit="Sign in" {send} /> }
}

/// Which of the two was wrong the backend does not say. It is the password that is typed anew, as a rule.
fn explain(error: &RequestError) -> FormErrors {
    match error {
        RequestError::Status(rejection) if words::refuses_credentials(rejection) => {
            FormErrors::one("password", words::refused_credentials(rejection))
        }
        error => FormErrors::of(error, FIELDS),
    }
}
