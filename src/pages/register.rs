//! Creating an account.

use yew::prelude::*;
use yew_auth::{NewAccount, Registered, SessionState, use_auth};

use crate::forms::{
    Field, FieldKind, Form, FormErrors, FormValues, NEW_PASSWORD, SubmitFuture, result_card, use_is_done,
};
use crate::route::Route;
use crate::session::{use_leave_when_signed_in, use_next};
use crate::ui::{PageLink, loading};

static FIELDS: &[Field] = &[
    Field {
        name: "username",
        label: "Username",
        kind: FieldKind::Username,
        autocomplete: "username",
        hint: "Letters, digits and @ . + - _",
        is_required: true,
        errors: &["username"],
    },
    Field {
        name: "email",
        label: "Email",
        kind: FieldKind::Email,
        autocomplete: "email",
        hint: "Used only if you forget your password.",
        is_required: true,
        errors: &["email"],
    },
    Field { name: "password", label: "Password", errors: &["password1", "password2"], ..NEW_PASSWORD },
];

/// The form, which also signs in.
#[component]
pub fn RegisterPage() -> Html {
    let auth = use_auth();
    let next = use_next();
    let awaits_confirmation = use_is_done();
    use_leave_when_signed_in();
    let is_signed_out = matches!(auth.state(), SessionState::Unauthenticated(_));
    let on_submit = {
        let awaits_confirmation = awaits_confirmation.setter();
        Callback::from(move |values: FormValues| -> SubmitFuture {
            let account =
                NewAccount::new(values.get("username").trim(), values.get("email").trim(), values.get("password"));
            let (auth, awaits_confirmation) = (auth.clone(), awaits_confirmation.clone());
            Box::pin(async move {
                let registered = auth.register(account).await.map_err(|error| FormErrors::new(&error, FIELDS))?;
                awaits_confirmation.set(registered != Registered::SignedIn);
                Ok(())
            })
        })
    };
    if *awaits_confirmation {
        return result_card(
            "Check your email",
            "Your account is almost ready. Follow the link in the email, then sign in.",
            html! { <PageLink class="button" to={Route::SignIn} {next}>{ "Sign in" }</PageLink> },
        );
    }
    html! {
        <div class="card">
            <h1>{ "Create an account" }</h1>
            if is_signed_out {
                <Form fields={FIELDS} submit="Create account" {on_submit} />
                <p class="card-foot">
                    <span>{ "Already have an account?" }</span>
                    <PageLink to={Route::SignIn} {next}>{ "Sign in" }</PageLink>
                </p>
            } else {
                { loading("One moment…") }
            }
        </div>
    }
}
