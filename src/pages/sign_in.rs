//! Signing in.

use yew::prelude::*;
use yew_auth::{SessionState, use_auth};

use crate::loading::loading;
use crate::password_form::password_form;
use crate::provider_buttons::ProviderButtons;
use crate::return_path::{use_leave_when_signed_in, use_onward_address, use_return_path};
use crate::route::Route;

/// The ways to sign in. Who is signed in already goes where the address says.
#[component]
pub fn SignInPage() -> Html {
    let return_to = use_return_path();
    let forgotten = use_onward_address(&Route::PasswordForgotten);
    let register = use_onward_address(&Route::Register);
    let auth = use_auth();
    let is_open = matches!(auth.state(), SessionState::Unauthenticated(_));
    use_leave_when_signed_in();
    html! {
        <div class="card">
            <h1>{ "Sign in" }</h1>
            if is_open {
                { password_form(auth, None) }
                <p class="card-foot">
                    <a href={forgotten}>{ "Forgot password?" }</a>
                    <a href={register}>{ "Create an account" }</a>
                </p>
                <ProviderButtons {return_to} />
            } else {
                { loading("One moment…") }
            }
        </div>
    }
}
