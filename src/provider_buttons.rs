//! Signing in through an identity provider.

use yew::platform::spawn_local;
use yew::prelude::*;
use yew_auth::{IdentityProvider, RequestError, ReturnPath, UseAuthHandle, use_auth};

use crate::words;

/// Properties of [`ProviderButtons`].
#[derive(Clone, PartialEq, Properties)]
pub struct ProviderButtonsProps {
    /// Where to go once signed in.
    pub return_to: ReturnPath,
    /// Whether there is a page below, which a provider leads away from.
    #[prop_or_default]
    pub is_over_page: bool,
}

/// What is known of the providers.
#[derive(Clone, PartialEq)]
enum Offer {
    Awaited,
    Made(Vec<IdentityProvider>),
    Failed(RequestError),
}

/// One button for each provider that the backend lists. Without the list, the password form still works.
#[component]
pub fn ProviderButtons(props: &ProviderButtonsProps) -> Html {
    let auth = use_auth();
    let offer = use_state(|| Offer::Awaited);
    let failure = use_state(|| None::<String>);
    let ask = {
        let (auth, offer) = (auth.clone(), offer.setter());
        Callback::from(move |()| spawn_local(ask(auth.clone(), offer.clone())))
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| ask.emit(()));
    }
    let go = {
        let (failure, return_to) = (failure.setter(), props.return_to.clone());
        Callback::from(move |provider: IdentityProvider| {
            let (auth, failure, return_to) = (auth.clone(), failure.clone(), return_to.clone());
            spawn_local(async move {
                failure.set(auth.sign_in_with(&provider, return_to).await.err().map(|error| error.to_string()));
            });
        })
    };
    let ways = match &*offer {
        Offer::Awaited => Html::default(),
        Offer::Made(providers) if providers.is_empty() => Html::default(),
        Offer::Made(providers) => html! {
            <div class="providers">
                <p class="or">{ "or" }</p>
                { for providers.iter().map(|provider| button(provider, &go)) }
                if props.is_over_page {
                    <p class="soft">
                        { "A provider leads back to this page, but what you have typed into it is not kept." }
                    </p>
                }
                <div class="alert-region" role="alert">
                    if let Some(failure) = &*failure {
                        <p class="alert">{ format!("The provider could not be opened: {failure}.") }</p>
                    }
                </div>
            </div>
        },
        Offer::Failed(_) => html! {
            <button class="button button-quiet" type="button" onclick={ask.reform(|_| ())}>{ "Try again" }</button>
        },
    };
    html! {
        <>
            <div class="alert-region" role="status">
                if let Offer::Failed(error) = &*offer {
                    <p class="soft">{ "Other ways to sign in could not be listed. " }{ words::request(error) }</p>
                }
            </div>
            { ways }
        </>
    }
}

async fn ask(auth: UseAuthHandle, offer: UseStateSetter<Offer>) {
    offer.set(match auth.providers().await {
        Ok(providers) => Offer::Made(providers),
        Err(error) => Offer::Failed(error),
    });
}

fn button(provider: &IdentityProvider, go: &Callback<IdentityProvider>) -> Html {
    let onclick = {
        let (provider, go) = (provider.clone(), go.clone());
        Callback::from(move |_: MouseEvent| go.emit(provider.clone()))
    };
    html! {
        <button key={provider.id.clone()} class="button button-quiet" type="button" {onclick}>
            { "Continue with " }{ provider.name.clone() }
        </button>
    }
}
