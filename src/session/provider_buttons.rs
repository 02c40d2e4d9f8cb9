//! Signing in with an identity provider.

use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{IdentityProvider, RedirectError, RequestError, ReturnPath, UseAuthHandle, use_auth};

use crate::ui::messages;

#[derive(Clone, PartialEq, Properties)]
pub struct ProviderButtonsProps {
    pub return_to: ReturnPath,
    /// Whether the buttons are in a dialog over a page, which a provider leads away from.
    #[prop_or_default]
    pub is_over_page: bool,
}

#[derive(Clone, PartialEq)]
enum Providers {
    Loading,
    Listed(Vec<IdentityProvider>),
    Failed(RequestError),
}

/// A button for each provider that the backend lists. Without the list, the password form still works.
#[component]
pub fn ProviderButtons(props: &ProviderButtonsProps) -> Html {
    let auth = use_auth();
    let providers = use_state(|| Providers::Loading);
    let failure = use_state(|| None::<RedirectError>);
    let load = {
        let (auth, providers) = (auth.clone(), providers.setter());
        Callback::from(move |()| spawn_local(load(auth.clone(), providers.clone())))
    };
    use_effect_with((), {
        let load = load.clone();
        move |()| load.emit(())
    });
    let leave_for = {
        let (failure, return_to) = (failure.setter(), props.return_to.clone());
        Callback::from(move |provider: IdentityProvider| {
            let (auth, failure, return_to) = (auth.clone(), failure.clone(), return_to.clone());
            spawn_local(async move {
                failure.set(auth.sign_in_with(&provider, return_to).await.err());
            });
        })
    };
    let buttons = match &*providers {
        Providers::Loading => Html::default(),
        Providers::Listed(providers) if providers.is_empty() => Html::default(),
        Providers::Listed(providers) => html! {
            <div class="providers">
                <p class="or">{ "or" }</p>
                { for providers.iter().map(|provider| button(provider, &leave_for)) }
                if props.is_over_page {
                    <p class="soft">
                        { "A provider leads back to this page, but what you have typed into it is not kept." }
                    </p>
                }
                <div class="alert-region" role="alert">
                    if let Some(failure) = *failure {
                        <p class="alert">{ messages::redirect(failure) }</p>
                    }
                </div>
            </div>
        },
        Providers::Failed(_) => html! {
            <button class="button button-quiet" type="button" onclick={load.reform(|_| ())}>{ "Try again" }</button>
        },
    };
    html! {
        <>
            <div class="alert-region" role="status">
                if let Providers::Failed(error) = &*providers {
                    <p class="soft">{ "Other ways to sign in could not be listed. " }{ messages::request(error) }</p>
                }
            </div>
            { buttons }
        </>
    }
}

async fn load(auth: UseAuthHandle, providers: UseStateSetter<Providers>) {
    providers.set(match auth.providers().await {
        Ok(listed) => Providers::Listed(listed),
        Err(error) => Providers::Failed(error),
    });
}

fn button(provider: &IdentityProvider, leave_for: &Callback<IdentityProvider>) -> Html {
    let onclick = {
        let (provider, leave_for) = (provider.clone(), leave_for.clone());
        Callback::from(move |_: MouseEvent| leave_for.emit(provider.clone()))
    };
    html! {
        <button key={provider.id.clone()} class="button button-quiet" type="button" {onclick}>
            { "Continue with " }{ provider.name.clone() }
        </button>
    }
}
