//! Asking for the mail with which a new password can be set.

use yew::prelude::*;
use yew_auth::use_auth;

use crate::field::{Field, Kind};
use crate::form::{Form, Sending, Typed};
use crate::form_errors::FormErrors;
use crate::heading_focus::catch_lost_focus;
use crate::outcome::{outcome, use_is_done};
use crate::return_path::use_onward_address;
use crate::route::Route;

static FIELDS: &[Field] = &[Field {
    name: "email",
    label: "Email",
    kind: Kind::Email,
    autocomplete: "email",
    hint: "",
    is_required: true,
    errors: &["email"],
}];

/// The form. Its answer tells nobody whether an address is known.
#[component]
pub fn PasswordForgottenPage() -> Html {
    let auth = use_auth();
    let sign_in = use_onward_address(&Route::SignIn);
    let is_sent = use_is_done();
    let send = {
        let is_sent = is_sent.setter();
        Callback::from(move |typed: Typed| -> Sending {
            let (auth, is_sent, email) = (auth.clone(), is_sent.clone(), typed.get("email"));
            Box::pin(async move {
                let sent = auth.request_password_reset(email.trim()).await;
                sent.map_err(|error| FormErrors::of(&error, FIELDS))?;
                is_sent.set(true);
                Ok(())
            })
        })
    };
    if *is_sent {
        let again = Callback::from(move |_: MouseEvent| {
            is_sent.set(false);
            catch_lost_focus();
        });
        return outcome(
            "Check your email",
            "If there is an account with this address, a link to set a new password is on its way.",
            html! {
                <>
                    <a class="button" href={sign_in}>{ "Back to sign in" }</a>
                    <button class="button button-quiet" type="button" onclick={again}>{ "Use another address" }</button>
                </>
            },
        );
    }
    html! {
        <div class="card">
            <h1>{ "Forgot your password?" }</h1>
            <p class="soft">{ "We send you a link with which you can set a new one." }</p>
            <Form fields={FIELDS} submit="Send the link" {send} />
            <p class="card-foot"><a href={sign_in}>{ "Back to sign in" }</a></p>
        </div>
    }
}
