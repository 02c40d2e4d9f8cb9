//! Asking for an email with a link to set a new password.

use yew::prelude::*;
use yew_auth::use_auth;

use crate::forms::{Field, FieldKind, Form, FormErrors, FormValues, SubmitFuture, result_card, use_is_done};
use crate::route::Route;
use crate::session::use_next;
use crate::ui::PageLink;
use crate::ui::focus::catch_lost_focus;

static FIELDS: &[Field] = &[Field {
    name: "email",
    label: "Email",
    kind: FieldKind::Email,
    autocomplete: "email",
    hint: "",
    is_required: true,
    errors: &["email"],
}];

/// The form. Its result does not reveal whether an address is known.
#[component]
pub fn PasswordForgottenPage() -> Html {
    let auth = use_auth();
    let next = use_next();
    let is_sent = use_is_done();
    let on_submit = {
        let is_sent = is_sent.setter();
        Callback::from(move |values: FormValues| -> SubmitFuture {
            let (auth, is_sent, email) = (auth.clone(), is_sent.clone(), values.get("email"));
            Box::pin(async move {
                let sent = auth.request_password_reset(email.trim()).await;
                sent.map_err(|error| FormErrors::new(&error, FIELDS))?;
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
        return result_card(
            "Check your email",
            "If there is an account with this address, a link to set a new password is on its way.",
            html! {
                <>
                    <PageLink class="button" to={Route::SignIn} {next}>{ "Back to sign in" }</PageLink>
                    <button class="button button-quiet" type="button" onclick={again}>{ "Use another address" }</button>
                </>
            },
        );
    }
    html! {
        <div class="card">
            <h1>{ "Forgot your password?" }</h1>
            <p class="soft">{ "We send you a link to set a new one." }</p>
            <Form fields={FIELDS} submit="Send the link" {on_submit} />
            <p class="card-foot"><PageLink to={Route::SignIn} {next}>{ "Back to sign in" }</PageLink></p>
        </div>
    }
}
