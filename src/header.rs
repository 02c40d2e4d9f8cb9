//! The bar at the top of every page.

use yew::prelude::*;
use yew_auth::{Session, SessionState, UseAuthHandle};

use crate::return_path::address_with_next;
use crate::route::Route;
use crate::router::{Address, open};

/// The app's name, its pages, and who is signed in.
pub fn header(auth: &UseAuthHandle, here: &Address, theme: Html) -> Html {
    let route = here.route();
    let current = |page: Route| (route == page).then_some("page");
    let account = match auth.state() {
        SessionState::Authenticated(session) => account(session, auth.clone(), current(Route::Account)),
        SessionState::Unauthenticated(_) if !route.is_sign_in() => {
            html! { <a href={address_with_next(&Route::SignIn, &here.to_text())}>{ "Sign in" }</a> }
        }
        SessionState::Loading | SessionState::Unauthenticated(_) => Html::default(),
    };
    html! {
        <header class="header">
            <div class="column header-row">
                <a class="brand" href={Route::Home.path()} aria-current={current(Route::Home)}><span>{ "yew-auth" }</span></a>
                <nav class="nav" aria-label="Main">
                    <a href={Route::Posts.path()} aria-current={current(Route::Posts)}>{ "Posts" }</a>
                </nav>
                <div class="account">{ account }</div>
                { theme }
            </div>
        </header>
    }
}

fn account(session: &Session, auth: UseAuthHandle, current: Option<&'static str>) -> Html {
    let sign_out = Callback::from(move |_: MouseEvent| {
        auth.sign_out();
        // Of a protected page nothing would be left but "Access denied", to somebody who did nothing wrong.
        if Address::of_page().route().is_protected() {
            open(Route::Home.path());
        }
    });
    let name = session.user.display_name();
    html! {
        <>
            <a class="account-link" href={Route::Account.path()} aria-current={current}>
                <span class="avatar" aria-hidden="true">{ name.chars().next() }</span>
                <span class="account-name">{ name }</span>
            </a>
            <button class="button button-quiet" type="button" onclick={sign_out}>{ "Sign out" }</button>
        </>
    }
}
