//! Signing in again where the session has ended.

use yew::prelude::*;
use yew_auth::{ReturnPath, SignInAgain, use_auth};

use super::modal::Modal;
use super::password_form::password_form;
use super::provider_buttons::ProviderButtons;
use super::return_path::use_here;
use super::words;

/// Properties of [`SignInAgainDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct SignInAgainDialogProps {
    /// Why, and whose page it is.
    pub again: SignInAgain,
}

/// Stands over a page whose session has ended. The page goes on where it was once its person has signed in.
#[component]
pub fn SignInAgainDialog(props: &SignInAgainDialogProps) -> Html {
    let auth = use_auth();
    let SignInAgain { reason, user, .. } = &props.again;
    let return_to = ReturnPath::new(&use_here());
    let give_up = {
        let again = props.again.clone();
        Callback::from(move |()| again.give_up())
    };
    let message = html! {
        <p>
            { words::sign_out(*reason) }
            { " This page stays as it is, and what was on its way is sent once you are back." }
        </p>
    };
    html! {
        <Modal id="sign-in-again" title="Sign in to go on" {message} on_escape={give_up.clone()}>
            { password_form(auth, Some(user.username.clone())) }
            <ProviderButtons {return_to} />
            <button class="button button-quiet" type="button" onclick={give_up.reform(|_| ())}>{ "Not now" }</button>
        </Modal>
    }
}
