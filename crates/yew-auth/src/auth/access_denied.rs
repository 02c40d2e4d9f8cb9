//! What a stranger sees instead of a protected page.

use yew::prelude::*;

use crate::browser::location;
use yew_auth_session::SignOutReason;

/// The properties of [`AccessDenied`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AccessDeniedProps {
    /// Why nobody is signed in.
    pub reason: SignOutReason,
    /// What the "Sign in" button does. Where another session is the newer release's, "Reload" takes its place.
    pub on_sign_in: Callback<()>,
}

/// Says that the page is for people who have signed in, and offers to.
#[component]
pub fn AccessDenied(props: &AccessDeniedProps) -> Html {
    access_denied(props.reason, &props.on_sign_in)
}

/// The same without a component of its own: each one weighs.
pub(super) fn access_denied(reason: SignOutReason, on_sign_in: &Callback<()>) -> Html {
    let is_older = reason == SignOutReason::NewerRelease;
    let onclick = {
        let on_sign_in = on_sign_in.clone();
        Callback::from(move |_: MouseEvent| if is_older { location::reload() } else { on_sign_in.emit(()) })
    };
    let label = if is_older { "Reload" } else { "Sign in" };
    html! {
        <section class="access-denied">
            <h1 tabindex="-1">{ "Access denied" }</h1>
            <p>{ sentence(reason) }</p>
            <button type="button" class="button" {onclick}>{ label }</button>
        </section>
    }
}

fn sentence(reason: SignOutReason) -> &'static str {
    match reason {
        SignOutReason::SignedOut => "You have signed out. Sign in to see this page.",
        SignOutReason::SignedOutInAnotherTab => "You have signed out in another tab. Sign in to see this page.",
        SignOutReason::Expired => "You were away for so long that your session has ended. Sign in to go on.",
        SignOutReason::Revoked => "Your session was ended by the service. Sign in to go on.",
        SignOutReason::Idle => "You were inactive for a while, so your session has ended. Sign in to go on.",
        SignOutReason::AbsoluteEnd => "Your session has reached its end. Sign in to go on.",
        SignOutReason::NewerRelease => "This page is older than your session. Reload it to go on.",
        _ => "This page is for people who have signed in.",
    }
}
