//! The first page.

use yew::prelude::*;
use yew_auth::{Session, SessionState, SignOutReason, use_auth};

use crate::loading::loading;
use crate::return_path::address_with_next;
use crate::route::Route;
use crate::router::use_address;
use crate::session_end::SessionEnd;

/// Who is signed in, or an invitation.
#[component]
pub fn HomePage() -> Html {
    let here = use_address().to_text();
    match use_auth().state() {
        SessionState::Loading => loading("Looking for your session…"),
        SessionState::Authenticated(session) => welcome(session),
        SessionState::Unauthenticated(reason) => invitation(*reason, &here),
    }
}

fn welcome(session: &Session) -> Html {
    let Session { user, ends_at, .. } = session;
    html! {
        <div class="stack">
            <h1>{ "Welcome back" }</h1>
            <dl class="facts">
                <div><dt>{ "Name" }</dt><dd>{ user.display_name() }</dd></div>
                if !user.email.is_empty() {
                    <div><dt>{ "Email" }</dt><dd>{ user.email.clone() }</dd></div>
                }
                <div><dt>{ "Session" }</dt><dd><SessionEnd ends_at={*ends_at} /></dd></div>
            </dl>
            <div class="actions">
                <a class="button" href={Route::Posts.path()}>{ "Read the posts" }</a>
                <a href={Route::Session.path()}>{ "How your session is kept" }</a>
            </div>
        </div>
    }
}

fn invitation(reason: SignOutReason, here: &str) -> Html {
    let to = |page: &Route| address_with_next(page, here);
    html! {
        <div class="stack">
            <h1>{ "Sign in once, keep reading" }</h1>
            <p class="lead">
                { "The posts keep themselves up to date, and you stay signed in for days, \
                   in every tab, whatever the network does." }
            </p>
            <div class="actions">
                if reason == SignOutReason::NewerRelease {
                    <button class="button" type="button" onclick={|_: MouseEvent| reload()}>{ "Reload" }</button>
                }
                <a class="button" href={to(&Route::SignIn)}>{ "Sign in" }</a>
                <a class="button button-quiet" href={to(&Route::Register)}>
                    { "Create an account" }
                </a>
            </div>
        </div>
    }
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // Refused only to a document that is not shown.
        let _ = window.location().reload();
    }
}
