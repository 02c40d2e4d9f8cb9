//! Where an identity provider sends people back to.

use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{CallbackError, FailedSignIn, use_auth};
use yew_router::prelude::*;

use crate::route::{Next, Route};
use crate::session::replace_with;
use crate::ui::{PageLink, messages};

#[derive(Clone, PartialEq, Properties)]
pub struct CallbackPageProps {
    /// The provider's id at the backend.
    pub provider: String,
}

/// Completes the sign-in, and goes where it was started.
#[component]
pub fn CallbackPage(props: &CallbackPageProps) -> Html {
    let auth = use_auth();
    let navigator = use_navigator();
    let is_signed_in = auth.session().is_some();
    let failure = use_state(|| None::<FailedSignIn>);
    use_effect_with(props.provider.clone(), {
        let failure = failure.setter();
        move |provider| {
            let provider = provider.clone();
            spawn_local(async move {
                match auth.complete_sign_in(&provider).await {
                    Ok(return_to) => {
                        if let Some(navigator) = navigator {
                            replace_with(&navigator, &return_to);
                        }
                    }
                    Err(failed) => failure.set(Some(failed)),
                }
            });
        }
    });
    match &*failure {
        Some(failed) => failure_page(failed, is_signed_in),
        None => html! {
            <div class="stack">
                <h1>{ "Signing you in" }</h1>
                <p class="lead">{ "Checking with your provider…" }</p>
            </div>
        },
    }
}

fn failure_page(failed: &FailedSignIn, is_signed_in: bool) -> Html {
    let (heading, explanation) = explain(&failed.error);
    let next = Next { next: failed.return_to.as_str().to_owned() };
    html! {
        <div class="stack">
            <h1>{ heading }</h1>
            <p class="lead" role="alert">{ explanation }</p>
            if is_signed_in {
                <p>{ "You are signed in already." }</p>
            }
            <div class="actions">
                if is_signed_in {
                    <PageLink class="button" to={Route::Posts}>{ "Go to the posts" }</PageLink>
                } else {
                    <PageLink class="button" to={Route::SignIn} {next}>{ "Sign in" }</PageLink>
                }
                <PageLink class="button button-quiet" to={Route::Home}>{ "Home" }</PageLink>
            </div>
        </div>
    }
}

fn explain(error: &CallbackError) -> (&'static str, String) {
    match error {
        CallbackError::Denied { reason: None } => (
            "Sign-in was cancelled",
            "You did not allow the app to know who you are. Nothing has changed. Sign in another way, or try again."
                .to_owned(),
        ),
        CallbackError::Denied { reason: Some(words) }
        | CallbackError::Provider { reason: Some(words), .. }
        | CallbackError::Provider { code: words, reason: None } => {
            let words = words.trim_end_matches('.');
            ("The provider could not sign you in", format!("It said: “{words}”. Try again, or sign in another way."))
        }
        CallbackError::NotRequested => (
            "This sign-in cannot be finished",
            "It was used before, took too long, or was started in another browser. Start again from here.".to_owned(),
        ),
        CallbackError::WrongIssuer => (
            "This sign-in cannot be trusted",
            "The answer came from a different provider than the one you chose. Nothing has changed. Start again from \
             here."
                .to_owned(),
        ),
        CallbackError::Request(error) => {
            ("Sign-in did not go through", format!("{} Start again from here.", messages::request(error)))
        }
        _ => ("Sign-in did not go through", "Something unexpected happened. Start again from here.".to_owned()),
    }
}
