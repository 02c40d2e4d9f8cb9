//! Says when the session cannot be renewed at the moment.

use yew::prelude::*;
use yew_auth::{Connection, use_auth};

use super::notice::Notice;
use super::words;

/// Comes and goes by itself.
#[component]
pub fn ConnectionNotice() -> Html {
    match use_auth().connection() {
        Connection::Good => Html::default(),
        Connection::Degraded(cause) => html! {
            <Notice>
                <p>{ words::degradation(cause) }{ " What is on the page stays, and comes up to date by itself." }</p>
            </Notice>
        },
    }
}
