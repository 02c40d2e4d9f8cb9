//! One's own name and password.

use yew::prelude::*;
use yew_auth::{SessionProps, use_auth};

use crate::field::{Field, Kind};
use crate::form::{Form, Sending, Typed};
use crate::form_errors::FormErrors;

static NAME: &[Field] = &[
    Field {
        name: "given-name",
        label: "Given name",
        kind: Kind::Name,
        autocomplete: "given-name",
        hint: "",
        is_required: false,
        errors: &["first_name"],
    },
    Field {
        name: "family-name",
        label: "Family name",
        kind: Kind::Name,
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
        kind: Kind::Password,
        autocomplete: "current-password",
        hint: "",
        is_required: true,
        errors: &["old_password"],
    },
    Field {
        name: "new-password",
        label: "New password",
        kind: Kind::Password,
        autocomplete: "new-password",
        hint: "At least 8 characters.",
        is_required: true,
        errors: &["new_password1", "new_password2"],
    },
];

/// Who is signed in, and what they can change about it.
#[component]
pub fn AccountPage(props: &SessionProps) -> Html {
    let auth = use_auth();
    let user = &props.session.user;
    let change_name = {
        let auth = auth.clone();
        Callback::from(move |typed: Typed| -> Sending {
            let (auth, given, family) = (auth.clone(), typed.get("given-name"), typed.get("family-name"));
            Box::pin(async move {
                let changed = auth.change_name(given.trim(), family.trim()).await;
                changed.map_err(|error| FormErrors::of(&error, NAME))
            })
        })
    };
    let change_password = Callback::from(move |typed: Typed| -> Sending {
        let (auth, old, new) = (auth.clone(), typed.get("current-password"), typed.get("new-password"));
        Box::pin(async move {
            let changed = auth.change_password(&old, &new).await;
            changed.map_err(|error| FormErrors::of(&error, PASSWORD))
        })
    });
    html! {
        <>
            <h1>{ "Account" }</h1>
            <p class="soft">{ format!("Signed in as {}{}", user.username, in_brackets(&user.email)) }</p>
            <section class="part" aria-labelledby="name-heading">
                <h2 id="name-heading">{ "Name" }</h2>
                <Form fields={NAME} initial={vec![user.first_name.clone(), user.last_name.clone()]}
                    submit="Save name" done="Your name is saved." send={change_name} />
            </section>
            <section class="part" aria-labelledby="password-heading">
                <h2 id="password-heading">{ "Password" }</h2>
                <p class="soft">{ "Changing it signs you out everywhere else." }</p>
                <Form fields={PASSWORD} username={user.username.clone()} submit="Change password"
                    done="Your password is changed." send={change_password} />
            </section>
        </>
    }
}

fn in_brackets(email: &str) -> String {
    if email.is_empty() { String::new() } else { format!(" ({email})") }
}
