//! Making an account.

use yew::prelude::*;
use yew_auth::{NewAccount, Registered, SessionState, use_auth};

use crate::field::{Field, Kind};
use crate::form::{Form, Sending, Typed};
use crate::form_errors::FormErrors;
use crate::loading::loading;
use crate::outcome::{outcome, use_is_done};
use crate::return_path::{use_leave_when_signed_in, use_onward_address};
use crate::route::Route;

static FIELDS: &[Field] = &[
    Field {
        name: "username",
        label: "Username",
        kind: Kind::Username,
        autocomplete: "username",
        hint: "Letters, digits and @ . + - _",
        is_required: true,
        errors: &["username"],
    },
    Field {
        name: "email",
        label: "Email",
        kind: Kind::Email,
        autocomplete: "email",
        hint: "Used when you forget your password, and for nothing else.",
        is_required: true,
        errors: &["email"],
    },
    Field {
        name: "password",
        label: "Password",
        kind: Kind::Password,
        autocomplete: "new-password",
        hint: "At least 8 characters.",
        is_required: true,
        errors: &["password1", "password2"],
    },
];

/// The form; whoever has filled it in is signed in.
#[component]
pub fn RegisterPage() -> Html {
    let auth = use_auth();
    let sign_in = use_onward_address(&Route::SignIn);
    let awaits_confirmation = use_is_done();
    use_leave_when_signed_in();
    let is_open = matches!(auth.state(), SessionState::Unauthenticated(_));
    let send = {
        let awaits_confirmation = awaits_confirmation.setter();
        Callback::from(move |typed: Typed| -> Sending {
            let account =
                NewAccount::new(typed.get("username").trim(), typed.get("email").trim(), typed.get("password"));
            let (auth, awaits_confirmation) = (auth.clone(), awaits_confirmation.clone());
            Box::pin(async move {
                let registered = auth.register(account).await.map_err(|error| FormErrors::of(&error, FIELDS))?;
                awaits_confirmation.set(registered != Registered::SignedIn);
                Ok(())
            })
        })
    };
    if *awaits_confirmation {
        return outcome(
            "Check your email",
            "Your account is almost ready. Follow the link in the email, then sign in.",
            html! { <a class="button" href={sign_in}>{ "Sign in" }</a> },
        );
    }
    html! {
        <div class="card">
            <h1>{ "Create an account" }</h1>
            if is_open {
                <Form fields={FIELDS} submit="Create account" {send} />
                <p class="card-foot">
                    <span>{ "Already have an account?" }</span><a href={sign_in}>{ "Sign in" }</a>
                </p>
            } else {
                { loading("One moment…") }
            }
        </div>
    }
}
