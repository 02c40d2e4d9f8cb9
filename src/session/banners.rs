//! What is said about the session above the page.

use yew::prelude::*;
use yew_auth::{Persistence, SessionState, UseAuthHandle};

use crate::route::Route;
use crate::ui::messages;

/// That the session cannot be stored, and on the home page why it has ended. The live region is always there: one that
/// appears together with its text is not announced by every screen reader.
pub fn banners(auth: &UseAuthHandle, route: &Route) -> Html {
    let end = match auth.state() {
        SessionState::Unauthenticated(reason) if *route == Route::Home => messages::sign_out(*reason),
        _ => None,
    };
    html! {
        <div role="status">
            if auth.persistence() == Persistence::MemoryOnly {
                <p class="banner">
                    { "This browser does not let the app store anything: \
                       other tabs do not share your session, and you may have to sign in again after a reload." }
                </p>
            }
            if let Some(sentence) = end {
                <p class="banner">{ sentence }</p>
            }
        </div>
    }
}
