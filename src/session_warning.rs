//! The word before a session ends.

use std::time::Duration;

use yew::prelude::*;
use yew_auth::{EndCause, ReturnPath, SessionEnd, UseAuthHandle, use_auth, use_session_end};

use crate::countdown::Countdown;
use crate::modal::Modal;
use crate::router::use_address;
use crate::sign_in_again::ways_to_sign_in;

/// Long enough to come back from the kettle.
const WARN_BEFORE: Duration = Duration::from_secs(120);

/// Asks whether anybody is still there, or offers a new session before the present one ends for good.
#[component]
pub fn SessionWarning() -> Html {
    let auth = use_auth();
    let return_to = ReturnPath::new(&use_address().to_text());
    match use_session_end(WARN_BEFORE) {
        None => Html::default(),
        Some(end) if end.cause() == EndCause::Idle => still_there(end, auth),
        Some(end) => ends_soon(end, auth, return_to),
    }
}

fn still_there(end: SessionEnd, auth: UseAuthHandle) -> Html {
    let message = html! {
        <Countdown end={end.clone()} what="Nothing has happened here for a while. You will be signed out" />
    };
    let stay = Callback::from(move |()| end.stay_signed_in());
    let sign_out = Callback::from(move |_: MouseEvent| auth.sign_out());
    html! {
        <Modal id="still-there" title="Are you still there?" {message} on_escape={stay.clone()}
            asks_for_presence=true>
            <div class="actions">
                <button class="button" type="button" onclick={stay.reform(|_| ())}>{ "Stay signed in" }</button>
                <button class="button button-quiet" type="button" onclick={sign_out}>{ "Sign out now" }</button>
            </div>
        </Modal>
    }
}

fn ends_soon(end: SessionEnd, auth: UseAuthHandle, return_to: ReturnPath) -> Html {
    let message = html! {
        <>
            <Countdown end={end.clone()} what="For safety, sessions have a time limit. Yours ends" />
            <p>{ "Sign in again now to go on without a break. This page stays as it is." }</p>
        </>
    };
    let username = auth.session().map(|session| session.user.username.clone());
    let dismiss = Callback::from(move |()| end.dismiss());
    html! {
        <Modal id="ends-soon" title="Your session ends soon" {message} on_escape={dismiss.clone()}>
            { ways_to_sign_in(auth, username, return_to, dismiss) }
        </Modal>
    }
}
