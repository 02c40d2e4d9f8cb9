//! Says when the session cannot be renewed at the moment.

use yew::prelude::*;
use yew_auth::Connection;

use crate::notice::notice;
use crate::words;

/// Comes and goes by itself.
pub fn connection_notice(connection: Connection) -> Html {
    notice(match connection {
        Connection::Good => None,
        Connection::Degraded(cause) => Some(html! {
            <p>{ words::degradation(cause) }{ " What you see may be old. It will update by itself." }</p>
        }),
    })
}
