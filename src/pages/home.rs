//! The first page.

use gloo_utils::window;
use yew::prelude::*;
use yew_auth::{Session, SessionState, SignOutReason, use_auth};

use crate::route::{Next, Route};
use crate::session::{TimeLeft, use_next_here};
use crate::ui::{PageLink, loading};

/// Who is signed in, or an invitation to sign in.
#[component]
pub fn HomePage() -> Html {
    let next = use_next_here();
    match use_auth().state() {
        SessionState::Loading => loading("Looking for your session…"),
        SessionState::Authenticated(session) => welcome(session),
        SessionState::Unauthenticated(reason) => invitation(*reason, next),
    }
}

fn welcome(session: &Session) -> Html {
    let Session { user, ends_at, .. } = session;
    html! {
        <div class="stack">
            <h1>{ "Welcome back" }</h1>
            <dl class="facts">
                <div><dt>{ "Name" }</dt><dd translate="no">{ user.display_name() }</dd></div>
                if !user.email.is_empty() {
                    <div><dt>{ "Email" }</dt><dd translate="no">{ user.email.clone() }</dd></div>
                }
                <div><dt>{ "Session" }</dt><dd><TimeLeft ends_at={*ends_at} /></dd></div>
            </dl>
            <div class="actions">
                <PageLink class="button" to={Route::Posts}>{ "Read the posts" }</PageLink>
                <PageLink to={Route::Account}>{ "Your account" }</PageLink>
                <PageLink to={Route::Session}>{ "How your session is kept" }</PageLink>
            </div>
        </div>
    }
}

fn invitation(reason: SignOutReason, next: Option<Next>) -> Html {
    html! {
        <div class="stack">
            <h1>{ "Sign in once, keep reading" }</h1>
            <p class="lead">
                { "The posts stay up to date, and you stay signed in for days, in every tab, even on a bad network." }
            </p>
            <div class="actions">
                if reason == SignOutReason::NewerRelease {
                    <button class="button" type="button" onclick={|_: MouseEvent| reload()}>{ "Reload" }</button>
                }
                <PageLink class="button" to={Route::SignIn} next={next.clone()}>{ "Sign in" }</PageLink>
                <PageLink class="button button-quiet" to={Route::Register} {next}>{ "Create an account" }</PageLink>
            </div>
        </div>
    }
}

fn reload() {
    // Refused only to a document that is not shown.
    let _ = window().location().reload();
}
