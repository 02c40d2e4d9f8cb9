//! The name and the password of the account.

use serde::Deserialize;
use yew::prelude::*;
use yew_auth::{SessionProps, use_auth, use_user};

use crate::forms::{Field, FieldKind, Form, FormErrors, FormValues, NEW_PASSWORD, SubmitFuture};
use crate::route::Route;
use crate::ui::PageLink;

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

/// For whoever has signed up by a provider.
static FIRST_PASSWORD: &[Field] = &[NEW_PASSWORD];

/// What this page wants to know of the user.
#[derive(PartialEq, Deserialize)]
struct Account {
    has_password: bool,
}

#[component]
pub fn AccountPage(props: &SessionProps) -> Html {
    let auth = use_auth();
    let user = &props.session.user;
    let has_password = use_user::<Account>().is_none_or(|account| account.has_password);
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
            auth.change_password(&old, &new).await.map_err(|error| FormErrors::new(&error, PASSWORD))?;
            if !has_password {
                // The page does not know yet that there is one now. Where that cannot be read, a reload finds out.
                let _ = auth.reload_user().await;
            }
            Ok(())
        })
    });
    html! {
        <>
            <h1>{ "Account" }</h1>
            <p class="soft">{ format!("Signed in as {}{}", user.username, in_brackets(&user.email)) }</p>
            <div class="actions">
                <PageLink to={Route::Session}>{ "How your session is kept" }</PageLink>
            </div>
            <section class="section" aria-labelledby="name-heading">
                <h2 id="name-heading">{ "Name" }</h2>
                <Form fields={NAME} initial={vec![user.first_name.clone(), user.last_name.clone()]}
                    submit="Save name" success="Your name is saved." on_submit={change_name} />
            </section>
            <section class="section" aria-labelledby="password-heading">
                <h2 id="password-heading">{ "Password" }</h2>
                <p class="soft">
                    if has_password {
                        { "Changing it signs you out everywhere else." }
                    } else {
                        { "You have none: a provider signs you in. With a password you can sign in without it, too." }
                    }
                </p>
                <Form fields={if has_password { PASSWORD } else { FIRST_PASSWORD }} username={user.username.clone()}
                    submit={if has_password { "Change password" } else { "Set password" }}
                    success="Your password is changed." on_submit={change_password} />
            </section>
        </>
    }
}

fn in_brackets(email: &str) -> String {
    if email.is_empty() { String::new() } else { format!(" ({email})") }
}
