//! The word before a session ends.

use std::time::Duration;

use yew::prelude::*;
use yew_auth::{EndCause, ReturnPath, SessionEnd, use_auth, use_session_end};

use super::countdown::Countdown;
use super::modal::Modal;
use super::password_form::password_form;
use super::provider_buttons::ProviderButtons;
use super::return_path::use_here;

/// Long enough to come back from the kettle.
const WARN_BEFORE: Duration = Duration::from_secs(120);

/// Asks whether anybody is still there, or offers a new session before the present one ends for good.
#[component]
pub fn SessionWarning() -> Html {
    match use_session_end(WARN_BEFORE) {
        None => Html::default(),
        Some(end) if end.cause() == EndCause::Idle => html! { <StillThere {end} /> },
        Some(end) => html! { <EndsSoon {end} /> },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct WarningProps {
    end: SessionEnd,
}

#[component]
fn StillThere(props: &WarningProps) -> Html {
    let auth = use_auth();
    let stay = {
        let end = props.end.clone();
        Callback::from(move |()| end.stay_signed_in())
    };
    let sign_out = Callback::from(move |_: MouseEvent| auth.sign_out());
    let message = html! {
        <Countdown end={props.end.clone()} what="Nobody has done anything here for a while. You are signed out" />
    };
    html! {
        <Modal id="still-there" title="Are you still there?" {message} on_escape={stay.clone()} asks_for_presence=true>
            <div class="actions">
                <button class="button" type="button" onclick={stay.reform(|_| ())}>{ "Stay signed in" }</button>
                <button class="button button-quiet" type="button" onclick={sign_out}>{ "Sign out now" }</button>
            </div>
        </Modal>
    }
}

#[component]
fn EndsSoon(props: &WarningProps) -> Html {
    let auth = use_auth();
    let user = auth.session().map(|session| session.user.username.clone());
    let return_to = ReturnPath::new(&use_here());
    let dismiss = {
        let end = props.end.clone();
        Callback::from(move |()| end.dismiss())
    };
    let message = html! {
        <>
            <Countdown end={props.end.clone()} what="A session lasts only so long. This one ends" />
            <p>{ "Sign in again now to go on without a break. This page stays as it is." }</p>
        </>
    };
    html! {
        <Modal id="ends-soon" title="Your session ends soon" {message} on_escape={dismiss.clone()}>
            { password_form(auth, user) }
            <ProviderButtons {return_to} />
            <button class="button button-quiet" type="button" onclick={dismiss.reform(|_| ())}>{ "Not now" }</button>
        </Modal>
    }
}
