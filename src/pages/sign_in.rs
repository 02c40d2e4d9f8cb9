//! Signing in.

use yew::prelude::*;
use yew_auth::{SessionState, use_auth};

use crate::route::Route;
use crate::session::{ProviderButtons, password_form, use_leave_when_signed_in, use_next, use_return_path};
use crate::ui::{PageLink, loading};

/// The ways to sign in. Somebody who is signed in goes where the address says.
#[component]
pub fn SignInPage() -> Html {
    let return_to = use_return_path();
    let next = use_next();
    let auth = use_auth();
    let is_signed_out = matches!(auth.state(), SessionState::Unauthenticated(_));
    use_leave_when_signed_in();
    html! {
        <div class="card">
            <h1>{ "Sign in" }</h1>
            if is_signed_out {
                { password_form(auth, None) }
                <p class="card-foot">
                    <PageLink to={Route::PasswordForgotten} next={next.clone()}>{ "Forgot password?" }</PageLink>
                    <PageLink to={Route::Register} {next}>{ "Create an account" }</PageLink>
                </p>
                <ProviderButtons {return_to} />
            } else {
                { loading("One moment…") }
            }
        </div>
    }
}
