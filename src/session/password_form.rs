//! Signing in with a password.

use yew::prelude::*;
use yew_auth::{Login, RequestError, UseAuthHandle};

use crate::forms::{Field, FieldKind, Form, FormErrors, FormValues, SubmitFuture};
use crate::ui::messages;

static FIELDS: &[Field] = &[
    Field {
        name: "username",
        label: "Username or email",
        kind: FieldKind::UsernameOrEmail,
        autocomplete: "username",
        hint: "",
        is_required: true,
        errors: &[],
    },
    Field {
        name: "password",
        label: "Password",
        kind: FieldKind::Password,
        autocomplete: "current-password",
        hint: "",
        is_required: true,
        errors: &["password"],
    },
];

/// The form, filled in with the username if it is known.
pub fn password_form(auth: UseAuthHandle, username: Option<String>) -> Html {
    let on_submit = Callback::from(move |values: FormValues| -> SubmitFuture {
        let login = Login::new(values.get("username").trim(), values.get("password"));
        let auth = auth.clone();
        Box::pin(async move { auth.sign_in(login).await.map_err(|error| explain(&error)) })
    });
    html! { <Form fields={FIELDS} initial={Vec::from_iter(username)} submit="Sign in" {on_submit} /> }
}

/// The backend does not say whether the name or the password was wrong. The error stands beside the password, which is
/// usually the one to type again.
fn explain(error: &RequestError) -> FormErrors {
    match messages::refused_credentials(error) {
        Some(sentence) => FormErrors::one("password", sentence),
        None => FormErrors::new(error, FIELDS),
    }
}
