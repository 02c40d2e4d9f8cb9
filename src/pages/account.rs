//! The name and the password of the account.

use yew::prelude::*;
use yew_auth::{SessionProps, use_auth};

use crate::forms::{Field, FieldKind, Form, FormErrors, FormValues, NEW_PASSWORD, SubmitFuture};

static NAME: &[Field] = &[
    Field {
        name: "given-name",
        label: "Given name",
        kind: FieldKind::PersonName,
        autocomplete: "given-name",
        hint: "",
        is_required: false,
        errors: &["first_name"],
    },
    Field {
        name: "family-name",
        label: "Family name",
        kind: FieldKind::PersonName,
        autocomplete: "family-name",
        hint: "",
        is_required: false,
        errors: &["last_name"],
    },
];

static PASSWORD: &[Field] = &[
    Field {
        name: "current-password",
        label: "Current password",
        kind: FieldKind::Password,
        autocomplete: "current-password",
        hint: "",
        is_required: true,
        errors: &["old_password"],
    },
    NEW_PASSWORD,
];

#[component]
pub fn AccountPage(props: &SessionProps) -> Html {
    let auth = use_auth();
    let user = &props.session.user;
    let change_name = {
        let auth = auth.clone();
        Callback::from(move |values: FormValues| -> SubmitFuture {
            let (auth, given, family) = (auth.clone(), values.get("given-name"), values.get("family-name"));
            Box::pin(async move {
                let changed = auth.change_name(given.trim(), family.trim()).await;
                changed.map_err(|error| FormErrors::new(&error, NAME))
            })
        })
    };
    let change_password = Callback::from(move |values: FormValues| -> SubmitFuture {
        let (auth, old, new) = (auth.clone(), values.get("current-password"), values.get("new-password"));
        Box::pin(async move {
            let changed = auth.change_password(&old, &new).await;
            changed.map_err(|error| FormErrors::new(&error, PASSWORD))
        })
    });
    html! {
        <>
            <h1>{ "Account" }</h1>
            <p class="soft">{ format!("Signed in as {}{}", user.username, in_brackets(&user.email)) }</p>
            <section class="section" aria-labelledby="name-heading">
                <h2 id="name-heading">{ "Name" }</h2>
                <Form fields={NAME} initial={vec![user.first_name.clone(), user.last_name.clone()]}
                    submit="Save name" success="Your name is saved." on_submit={change_name} />
            </section>
            <section class="section" aria-labelledby="password-heading">
                <h2 id="password-heading">{ "Password" }</h2>
                <p class="soft">{ "Changing it signs you out everywhere else." }</p>
                <Form fields={PASSWORD} username={user.username.clone()} submit="Change password"
                    success="Your password is changed." on_submit={change_password} />
            </section>
        </>
    }
}

fn in_brackets(email: &str) -> String {
    if email.is_empty() { String::new() } else { format!(" ({email})") }
}
