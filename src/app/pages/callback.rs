//! Coming back from an identity provider.

use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{FailedSignIn, use_auth};
use yew_router::hooks::use_navigator;

use crate::app::callback_failure::CallbackFailure;
use crate::app::return_path::replace_with;

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
    let navigator = use_navigator();
    let failure = use_state(|| None::<FailedSignIn>);
    {
        let failure = failure.setter();
        use_effect_with(props.provider.clone(), move |provider| {
            let provider = provider.clone();
            spawn_local(async move {
                match (auth.complete_sign_in(&provider).await, navigator) {
                    (Ok(return_to), Some(navigator)) => replace_with(&navigator, &return_to),
                    (Ok(_), None) => {}
                    (Err(failed), _) => failure.set(Some(failed)),
                }
            });
        });
    }
    match &*failure {
        Some(failed) => html! { <CallbackFailure failed={failed.clone()} /> },
        None => html! {
            <div class="stack">
                <h1>{ "Signing you in" }</h1>
                <p class="lead">{ "Your provider says who you are. One moment." }</p>
            </div>
        },
    }
}
