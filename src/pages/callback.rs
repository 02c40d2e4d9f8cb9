//! Coming back from an identity provider.

use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{FailedSignIn, use_auth};

use crate::callback_failure::callback_failure;
use crate::return_path::replace_with;

/// Properties of [`CallbackPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct CallbackPageProps {
    /// The provider's id, from the address.
    pub provider: String,
}

/// Finishes the sign-in, and goes where it was begun.
#[component]
pub fn CallbackPage(props: &CallbackPageProps) -> Html {
    let auth = use_auth();
    let is_signed_in = auth.session().is_some();
    let failure = use_state(|| None::<FailedSignIn>);
    {
        let failure = failure.setter();
        use_effect_with(props.provider.clone(), move |provider| {
            let provider = provider.clone();
            spawn_local(async move {
                match auth.complete_sign_in(&provider).await {
                    Ok(return_to) => replace_with(&return_to),
                    Err(failed) => failure.set(Some(failed)),
                }
            });
        });
    }
    match &*failure {
        Some(failed) => callback_failure(failed, is_signed_in),
        None => html! {
            <div class="stack">
                <h1>{ "Signing you in" }</h1>
                <p class="lead">{ "Checking with your provider…" }</p>
            </div>
        },
    }
}
