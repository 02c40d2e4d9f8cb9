//! Signing in again where the session has ended.

use yew::prelude::*;
use yew_auth::{ReturnPath, SignInAgain, UseAuthHandle};

use crate::modal::Modal;
use crate::password_form::password_form;
use crate::provider_buttons::ProviderButtons;
use crate::words;

/// Stands over a page whose session has ended. The page goes on where it was once its person has signed in; a provider
/// leads back to its address.
pub fn sign_in_again(auth: UseAuthHandle, again: SignInAgain, return_to: ReturnPath) -> Html {
    let message = html! {
        <p>
            { words::sign_out(again.reason) }
            { " This page stays as it is, and what was on its way is sent once you are back." }
        </p>
    };
    let username = Some(again.user.username.clone());
    let give_up = Callback::from(move |()| again.give_up());
    // Escape gives nothing up: what is typed into the page would be gone.
    html! {
        <Modal id="sign-in-again" title="Sign in to go on" {message}>
            { ways_to_sign_in(auth, username, return_to, give_up) }
        </Modal>
    }
}

/// The ways to sign in, in a dialog that can be left.
pub fn ways_to_sign_in(
    auth: UseAuthHandle,
    username: Option<String>,
    return_to: ReturnPath,
    leave: Callback<()>,
) -> Html {
    html! {
        <>
            { password_form(auth, username) }
            <button class="button button-quiet" type="button" onclick={leave.reform(|_| ())}>{ "Not now" }</button>
            // Last: they come late, and would push another button from under a finger.
            <ProviderButtons {return_to} is_over_page=true />
        </>
    }
}
