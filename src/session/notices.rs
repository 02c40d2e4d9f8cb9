//! What is said about the session over every page.

use yew::prelude::*;
use yew_auth::{Connection, use_auth};

use super::session_warning::SessionWarning;
use crate::ui::{messages, notice};

/// A notice while the session cannot be refreshed, and the dialogs before it ends.
#[component]
pub fn SessionNotices() -> Html {
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
