//! What is said about the session, above and over the page.

use yew::prelude::*;
use yew_auth::{Connection, Persistence, SessionState, UseAuthHandle, use_auth};

use super::provider_sign_out::ProviderSignOut;
use super::session_warning::SessionWarning;
use crate::route::Route;
use crate::ui::focus::use_focus_above_notices;
use crate::ui::{messages, notice};

#[derive(Clone, PartialEq, Properties)]
pub struct SessionBannersProps {
    /// The open page.
    pub route: Route,
}

/// Above the page: that the session cannot be kept or stored, and on the home page why it has ended
/// and what may be left of it elsewhere.
#[component]
pub fn SessionBanners(props: &SessionBannersProps) -> Html {
    let auth = use_auth();
    let end = match auth.state() {
        SessionState::Unauthenticated(reason) if props.route == Route::Home => messages::sign_out(*reason),
        _ => None,
    };
    html! {
        <>
            if let Some(sentence) = obstacle(&auth) {
                <p class="banner">{ sentence }</p>
            }
            if let Some(sentence) = end {
                <p class="banner">{ sentence }</p>
                <ProviderSignOut />
            }
        </>
    }
}

/// What this browser does not do for the session. One that blocks cookies blocks the storage too.
fn obstacle(auth: &UseAuthHandle) -> Option<&'static str> {
    if auth.persistence() != Persistence::MemoryOnly {
        return None;
    }
    Some(match auth.blocks_cookies() {
        true => messages::NO_COOKIES,
        false => {
            "This browser does not let the app store anything: other tabs do not share your session, and you may have to \
             sign in again after a reload."
        }
    })
}

/// Over the page: a notice while the session cannot be refreshed, and the dialogs before it ends.
#[component]
pub fn SessionNotices() -> Html {
    use_focus_above_notices();
    let connection = use_auth().connection();
    html! { <>{ connection_notice(connection) }<SessionWarning /></> }
}

fn connection_notice(connection: Connection) -> Html {
    notice(match connection {
        Connection::Good => None,
        Connection::Degraded(cause) => Some(html! {
            <p>{ messages::degradation(cause) }{ " What you see may be old. It will update by itself." }</p>
        }),
    })
}
