//! What can go wrong on the way back from an identity provider.

use yew::prelude::*;
use yew_auth::{CallbackError, FailedSignIn};

use crate::return_path::address_with_next;
use crate::route::Route;
use crate::words;

/// Says what happened, and how to go on.
pub fn callback_failure(failed: &FailedSignIn, is_signed_in: bool) -> Html {
    let (heading, explanation) = describe(&failed.error);
    let address = address_with_next(&Route::SignIn, failed.return_to.as_str());
    html! {
        <div class="stack">
            <h1>{ heading }</h1>
            <p class="lead" role="alert">{ explanation }</p>
            if is_signed_in {
                <p>{ "You are signed in already." }</p>
            }
            <div class="actions">
                if is_signed_in {
                    <a class="button" href={Route::Posts.path()}>{ "Go to the posts" }</a>
                } else {
                    <a class="button" href={address}>{ "Sign in" }</a>
                }
                <a class="button button-quiet" href={Route::Home.path()}>{ "Home" }</a>
            </div>
        </div>
    }
}

fn describe(error: &CallbackError) -> (&'static str, String) {
    match error {
        CallbackError::Denied => (
            "Sign-in was cancelled",
            "You did not allow the app to know who you are. Nothing has changed; you can sign in another way, or try \
             again."
                .to_owned(),
        ),
        CallbackError::Provider(message) => {
            ("The provider could not sign you in", format!("It said: “{message}”. Try again, or sign in another way."))
        }
        CallbackError::NotRequested => (
            "This sign-in cannot be finished",
            "It was used before, has taken too long, or was begun in another browser. Start it again from here."
                .to_owned(),
        ),
        CallbackError::WrongIssuer => (
            "This sign-in cannot be trusted",
            "The answer came from a different provider than the one you chose. Nothing has changed; start it again from here."
                .to_owned(),
        ),
        CallbackError::Request(error) => {
            ("Sign-in did not go through", format!("{} Start again from here.", words::request(error)))
        }
        _ => ("Sign-in did not go through", "Something unexpected happened. Start again from here.".to_owned()),
    }
}
