//! Setting a new password with the link from the email.

use gloo_events::EventListener;
use gloo_utils::window;
use yew::prelude::*;
use yew_auth::{Rejection, RequestError, ResetLink, use_auth};

use crate::forms::{Field, Form, FormErrors, FormValues, NEW_PASSWORD, SubmitFuture, result_card, use_is_done};
use crate::route::Route;
use crate::ui::PageLink;

static FIELDS: &[Field] = &[NEW_PASSWORD];

#[component]
pub fn PasswordResetPage() -> Html {
    let auth = use_auth();
    let link = use_state(ResetLink::take_from_address);
    let is_set = use_is_done();
    // A second link opened in the same tab changes only the fragment.
    use_effect_with((), {
        let link = link.setter();
        move |()| {
            let take = move |_: &Event| {
                if let Some(another) = ResetLink::take_from_address() {
                    link.set(Some(another));
                }
            };
            let listener = EventListener::new(&window(), "hashchange", take);
            move || drop(listener)
        }
    });
    if *is_set {
        return result_card(
            "Your password is set",
            "Every device that was signed in has been signed out.",
            html! { <PageLink class="button" to={Route::SignIn}>{ "Sign in" }</PageLink> },
        );
    }
    let Some(link) = (*link).clone() else {
        return result_card(
            "This link is not complete",
            "Open the newest email and follow its link again, or ask for another one.",
            html! { <PageLink class="button" to={Route::PasswordForgotten}>{ "Ask for another link" }</PageLink> },
        );
    };
    let is_set = is_set.setter();
    let on_submit = Callback::from(move |values: FormValues| -> SubmitFuture {
        let (auth, link, is_set) = (auth.clone(), link.clone(), is_set.clone());
        let password = values.get("new-password");
        Box::pin(async move {
            auth.confirm_password_reset(&link, &password).await.map_err(|error| explain(&error))?;
            // The backend has ended every session of this account.
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
            <Form fields={FIELDS} submit="Set password" {on_submit} />
            <p class="card-foot">
                <PageLink to={Route::PasswordForgotten}>{ "Ask for another link" }</PageLink>
            </p>
        </div>
    }
}

/// A refusal that does not name the password is about the link.
fn explain(error: &RequestError) -> FormErrors {
    let is_about_password = |rejection: &Rejection| rejection.fields.iter().any(|(name, _)| name.starts_with("new_"));
    match error {
        RequestError::Status(rejection) if rejection.status == 400 && !is_about_password(rejection) => {
            FormErrors::general("This link was used before, or is too old. Ask for another one.".to_owned())
        }
        error => FormErrors::new(error, FIELDS),
    }
}
