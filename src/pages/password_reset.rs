//! Setting a new password, with the link from the mail.

use gloo_events::EventListener;
use yew::prelude::*;
use yew_auth::{Rejection, RequestError, ResetLink, use_auth};

use crate::field::{Field, Kind};
use crate::form::{Form, Sending, Typed};
use crate::form_errors::FormErrors;
use crate::outcome::{outcome, use_is_done};
use crate::route::Route;

static FIELDS: &[Field] = &[Field {
    name: "new-password",
    label: "New password",
    kind: Kind::Password,
    autocomplete: "new-password",
    hint: "At least 8 characters.",
    is_required: true,
    errors: &["new_password1", "new_password2"],
}];

/// The form, for whoever comes by the link.
#[component]
pub fn PasswordResetPage() -> Html {
    let auth = use_auth();
    let link = use_state(ResetLink::take_from_address);
    let is_set = use_is_done();
    {
        // Another link, opened in the same tab, changes the fragment alone.
        let link = link.setter();
        use_effect_with((), move |()| {
            let take = move |_: &Event| {
                if let Some(another) = ResetLink::take_from_address() {
                    link.set(Some(another));
                }
            };
            let listener = web_sys::window().map(|window| EventListener::new(&window, "hashchange", take));
            move || drop(listener)
        });
    }
    if *is_set {
        return outcome(
            "Your password is set",
            "Every device that was signed in has been signed out.",
            html! { <a class="button" href={Route::SignIn.path()}>{ "Sign in" }</a> },
        );
    }
    let Some(link) = (*link).clone() else {
        return outcome(
            "This link is not complete",
            "Open the newest email and follow its link again, or ask for another one.",
            html! { <a class="button" href={Route::PasswordForgotten.path()}>{ "Ask for another link" }</a> },
        );
    };
    let is_set = is_set.setter();
    let send = Callback::from(move |typed: Typed| -> Sending {
        let (auth, link, is_set) = (auth.clone(), link.clone(), is_set.clone());
        let password = typed.get("new-password");
        Box::pin(async move {
            auth.confirm_password_reset(&link, &password).await.map_err(|error| explain(&error))?;
            // The backend has ended every session, this one too if there was one.
            if auth.session().is_some() {
                auth.sign_out();
            }
            is_set.set(true);
            Ok(())
        })
    });
    html! {
        <div class="card">
            <h1>{ "Set a new password" }</h1>
            <Form fields={FIELDS} submit="Set password" {send} />
            <p class="card-foot">
                <a href={Route::PasswordForgotten.path()}>{ "Ask for another link" }</a>
            </p>
        </div>
    }
}

/// A refusal that does not speak of the password is about the link, which is not for the person to correct.
fn explain(error: &RequestError) -> FormErrors {
    let is_about_password = |rejection: &Rejection| rejection.fields.iter().any(|(name, _)| name.starts_with("new_"));
    match error {
        RequestError::Status(rejection) if rejection.status == 400 && !is_about_password(rejection) => {
            FormErrors::whole("This link was used before, or is too old. Ask for another one.".to_owned())
        }
        error => FormErrors::of(error, FIELDS),
    }
}
