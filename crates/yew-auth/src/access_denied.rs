//! What a signed-out visitor sees instead of a protected page.

use yew::prelude::*;

use crate::browser::location;
use yew_auth_session::SignOutReason;

/// The properties of [`AccessDenied`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AccessDeniedProps {
    /// Why nobody is signed in.
    pub reason: SignOutReason,
    /// Called by the "Sign in" button. For [`SignOutReason::NewerRelease`] the button reloads the page instead.
    pub on_sign_in: Callback<()>,
}

/// Says that the page needs a signed-in user and why nobody is signed in, and offers to sign in.
///
/// [`WithAuth`](crate::WithAuth) shows it by default. Style it by its classes, `yew-auth-access-denied` and
/// `yew-auth-button`.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{AccessDenied, SignOutReason};
///
/// #[component]
/// fn Denied() -> Html {
///     let on_sign_in = Callback::from(|()| { /* go to your sign-in page */ });
///     html! { <AccessDenied reason={SignOutReason::NeverSignedIn} {on_sign_in} /> }
/// }
/// ```
#[component]
pub fn AccessDenied(props: &AccessDeniedProps) -> Html {
    let needs_reload = props.reason == SignOutReason::NewerRelease;
    let onclick = {
        let on_sign_in = props.on_sign_in.clone();
        Callback::from(move |_: MouseEvent| if needs_reload { location::reload() } else { on_sign_in.emit(()) })
    };
    html! {
        <section class="yew-auth-access-denied">
            <h1 tabindex="-1">{ "Access denied" }</h1>
            <p>{ explanation(props.reason) }</p>
            <button type="button" class="yew-auth-button" {onclick}>
                { if needs_reload { "Reload" } else { "Sign in" } }
            </button>
        </section>
    }
}

fn explanation(reason: SignOutReason) -> &'static str {
    match reason {
        SignOutReason::SignedOut => "You have signed out. Sign in to see this page.",
        SignOutReason::SignedOutInAnotherTab => "You have signed out in another tab. Sign in to see this page.",
        SignOutReason::Expired => "Your session expired while you were away. Sign in to continue.",
        SignOutReason::Revoked => "Your session was ended by the service. Sign in to continue.",
        SignOutReason::Idle => "You were inactive for a while, so your session has ended. Sign in to continue.",
        SignOutReason::AbsoluteEnd => "Your session has reached its end. Sign in to continue.",
        SignOutReason::CookiesNotKept => {
            "This browser does not keep this site's cookies, so you cannot stay signed in. \
             Allow cookies for this site, then sign in."
        }
        SignOutReason::NewerRelease => "This page is older than your session. Reload it to continue.",
        _ => "Sign in to see this page.",
    }
}
