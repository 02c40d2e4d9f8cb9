//! Signing out at the provider too.

use yew::prelude::*;
use yew_auth::{RedirectError, use_auth};

use crate::ui::messages;

/// Offers to end the session at the provider that signed somebody in: on a shared computer the next person could come in
/// as them.
#[component]
pub fn ProviderSignOut() -> Html {
    let auth = use_auth();
    let failure = use_state(|| None::<RedirectError>);
    let Some(session) = auth.provider_session() else { return Html::default() };
    let name = session.provider_name().to_owned();
    let onclick = {
        let failure = failure.setter();
        Callback::from(move |_: MouseEvent| failure.set(auth.sign_out_at_provider(&session).err()))
    };
    html! {
        <div class="banner">
            <p>{ format!("You may still be signed in at {name}, also for whoever uses this computer next.") }</p>
            <button class="button button-quiet" type="button" {onclick}>{ format!("Sign out at {name} too") }</button>
            if let Some(failure) = *failure {
                <p class="alert" role="alert">{ messages::redirect(failure) }</p>
            }
        </div>
    }
}
