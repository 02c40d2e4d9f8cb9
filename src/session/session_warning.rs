//! The dialogs before a session ends.

use std::time::Duration;

use yew::prelude::*;
use yew_auth::{EndCause, SessionEnd, UseAuthHandle, use_auth, use_session_end};

use super::countdown::Countdown;
use super::sign_in_again::SignInOptions;
use crate::ui::Dialog;

const WARN_BEFORE: Duration = Duration::from_secs(120);

/// Asks whether anybody is still there, or offers a new session before the present one reaches its time limit.
#[component]
pub fn SessionWarning() -> Html {
    let auth = use_auth();
    match use_session_end(WARN_BEFORE) {
        None => Html::default(),
        Some(end) if end.cause() == EndCause::Idle => still_there(end, auth),
        Some(end) => ends_soon(end, &auth),
    }
}

fn still_there(end: SessionEnd, auth: UseAuthHandle) -> Html {
    let message = html! {
        <Countdown end={end.clone()} what="Nothing has happened here for a while. You will be signed out" />
    };
    let stay = Callback::from(move |()| end.stay_signed_in());
    let sign_out = Callback::from(move |_: MouseEvent| auth.sign_out());
    html! {
        <Dialog id="still-there" title="Are you still there?" {message} on_escape={stay.clone()}
            asks_for_presence=true>
            <div class="actions">
                <button class="button" type="button" onclick={stay.reform(|_| ())}>{ "Stay signed in" }</button>
                <button class="button button-quiet" type="button" onclick={sign_out}>{ "Sign out now" }</button>
            </div>
        </Dialog>
    }
}

fn ends_soon(end: SessionEnd, auth: &UseAuthHandle) -> Html {
    let message = html! {
        <>
            <Countdown end={end.clone()} what="For safety, sessions have a time limit. Yours ends" />
            <p>{ "Sign in again now to go on without a break. This page stays as it is." }</p>
        </>
    };
    let username = auth.session().map(|session| session.user.username.clone());
    let on_dismiss = Callback::from(move |()| end.dismiss());
    html! {
        <Dialog id="ends-soon" title="Your session ends soon" {message} on_escape={on_dismiss.clone()}>
            <SignInOptions {username} {on_dismiss} />
        </Dialog>
    }
}
