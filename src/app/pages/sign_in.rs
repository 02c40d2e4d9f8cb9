//! Signing in.

use yew::prelude::*;
use yew_auth::{SessionState, use_auth};

use crate::app::loading::Loading;
use crate::app::password_form::PasswordForm;
use crate::app::provider_buttons::ProviderButtons;
use crate::app::return_path::{replace_with, use_return_path};
use crate::app::router::use_router;

/// The ways to sign in. Who is signed in already goes where the address says.
#[component]
pub fn SignInPage() -> Html {
    let auth = use_auth();
    let router = use_router();
    let return_to = use_return_path();
    let is_signed_in = matches!(auth.state(), SessionState::Authenticated(_));
    {
        let return_to = return_to.clone();
        use_effect_with(is_signed_in, move |&is_signed_in| {
            if is_signed_in {
                replace_with(&router, &return_to);
            }
        });
    }
    html! {
        <div class="card">
            <h1>{ "Sign in" }</h1>
            if matches!(auth.state(), SessionState::Unauthenticated(_)) {
                <PasswordForm />
                <ProviderButtons {return_to} />
            } else {
                <Loading>{ "One moment…" }</Loading>
            }
        </div>
    }
}
