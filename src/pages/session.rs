//! How the session is kept.

use yew::prelude::*;
use yew_auth::SessionInspector;

/// For whoever wants to know; open to strangers as well, since why somebody is signed out is a fair question.
pub fn session_page() -> Html {
    html! {
        <div class="stack">
            <h1>{ "Your session" }</h1>
            <p class="lead">{ "How you stay signed in, as it happens. Nothing here is a secret: tokens are never shown." }</p>
            <SessionInspector />
        </div>
    }
}
