//! The first page.

use yew::prelude::*;
use yew_auth::{Session, SessionState, SignOutReason, use_auth};

use crate::app::later::use_later_soon;
use crate::app::link::PageLink;
use crate::app::loading::Loading;
use crate::app::return_path::{address_with_next, use_here};
use crate::app::route::Route;
use crate::app::session_end::SessionEnd;
use crate::app::words;

/// Who is signed in, or an invitation.
#[component]
pub fn HomePage() -> Html {
    let here = use_here();
    use_later_soon(true);
    match use_auth().state() {
        SessionState::Loading => html! { <Loading>{ "Looking for your session…" }</Loading> },
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
                    <div><dt>{ "E-mail" }</dt><dd>{ user.email.clone() }</dd></div>
                }
                <div><dt>{ "Session" }</dt><dd><SessionEnd ends_at={*ends_at} /></dd></div>
            </dl>
            <div class="actions">
                <PageLink class="button" to={Route::Posts}>{ "Read the posts" }</PageLink>
                <PageLink to={Route::Session}>{ "How your session is kept" }</PageLink>
            </div>
        </div>
    }
}

fn invitation(reason: SignOutReason, here: &str) -> Html {
    let to = |page: &Route| Some(address_with_next(page, here));
    html! {
        <div class="stack">
            if let Some(sentence) = words::sign_out(reason) {
                <p class="strip" role="status">{ sentence }</p>
            }
            <h1>{ "Sign in once, keep reading" }</h1>
            <p class="lead">
                { "The posts keep themselves up to date, and you stay signed in for days, \
                   in every tab, whatever the network does." }
            </p>
            <div class="actions">
                <PageLink class="button" to={Route::SignIn} address={to(&Route::SignIn)}>{ "Sign in" }</PageLink>
                <PageLink class="button button-quiet" to={Route::Register} address={to(&Route::Register)}>
                    { "Create an account" }
                </PageLink>
            </div>
        </div>
    }
}
