//! What is said of the session above a page.

use yew::prelude::*;
use yew_auth::{Persistence, SessionState, UseAuthHandle};

use crate::route::Route;
use crate::words;

/// That it lasts only as long as the page, and on the first page why it has ended. The frame of the page holds the region
/// that they stand in: one that came together with its text would not be read aloud everywhere.
pub fn strips(auth: &UseAuthHandle, route: &Route) -> Html {
    let end = match auth.state() {
        SessionState::Unauthenticated(reason) if *route == Route::Home => words::sign_out(*reason),
        _ => None,
    };
    html! {
        <>
            if auth.persistence() == Persistence::MemoryOnly {
                <p class="strip">
                    { "This browser does not let the app store anything: \
                       you stay signed in only until this page is closed or reloaded." }
                </p>
            }
            if let Some(sentence) = end {
                <p class="strip">{ sentence }</p>
            }
        </>
    }
}
