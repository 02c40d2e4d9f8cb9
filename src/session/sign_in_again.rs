//! Signing in again over the page where the session has ended.

use yew::prelude::*;
use yew_auth::{ReturnPath, SignInAgain, use_auth};

use super::next::use_next_here;
use super::password_form::password_form;
use super::provider_buttons::ProviderButtons;
use crate::ui::{Dialog, messages};

#[derive(Clone, PartialEq, Properties)]
pub struct SignInAgainDialogProps {
    pub again: SignInAgain,
}

/// The dialog. The page below goes on where it was once its person has signed in.
#[component]
pub fn SignInAgainDialog(props: &SignInAgainDialogProps) -> Html {
    let again = &props.again;
    let message = html! {
        <p>
            { messages::sign_out(again.reason) }
            { " This page comes back as it was once you have signed in, and what was being sent is sent then." }
        </p>
    };
    let username = again.user.username.clone();
    let on_dismiss = {
        let again = again.clone();
        Callback::from(move |()| again.give_up())
    };
    // Escape does nothing: it would lose what is typed into the page.
    html! {
        <Dialog id="sign-in-again" title="Sign in to go on" {message}>
            <SignInOptions {username} {on_dismiss} />
        </Dialog>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct SignInOptionsProps {
    pub username: Option<String>,
    pub on_dismiss: Callback<()>,
}

/// The ways to sign in, in a dialog that can be left.
#[component]
pub fn SignInOptions(props: &SignInOptionsProps) -> Html {
    let auth = use_auth();
    let here = use_next_here();
    let return_to = ReturnPath::new(here.as_ref().map_or("/", |here| &here.next));
    let onclick = props.on_dismiss.reform(|_: MouseEvent| ());
    html! {
        <>
            { password_form(auth, props.username.clone()) }
            <button class="button button-quiet" type="button" {onclick}>{ "Not now" }</button>
            // Last: they load late, and would push another button from under a finger.
            <ProviderButtons {return_to} is_over_page=true />
        </>
    }
}
