//! How the session is kept.

use yew::prelude::*;
use yew_auth::SessionInspector;

/// Needs no session: it also shows why somebody is signed out.
#[component]
pub fn SessionPage() -> Html {
    html! {
        <div class="stack">
            <h1>{ "Your session" }</h1>
            <p class="lead">{ "How you stay signed in, as it happens. Nothing here is secret: tokens are never shown." }</p>
            <SessionInspector />
        </div>
    }
}
