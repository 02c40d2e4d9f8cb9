//! The bar at the top of every page.

use yew::prelude::*;
use yew_auth::{Session, SessionState, UseAuthHandle, use_auth};

use super::link::PageLink;
use super::return_path::use_sign_in_address;
use super::route::Route;
use super::router::{Router, use_router};

/// The app's name, its pages, and who is signed in.
#[component]
pub fn Header() -> Html {
    let auth = use_auth();
    let router = use_router();
    let address = use_sign_in_address();
    let account = match auth.state() {
        SessionState::Authenticated(session) => account(session, auth.clone(), router),
        SessionState::Unauthenticated(_) if !router.route().is_sign_in() => {
            html! { <PageLink to={Route::SignIn} {address}>{ "Sign in" }</PageLink> }
        }
        SessionState::Loading | SessionState::Unauthenticated(_) => Html::default(),
    };
    html! {
        <header class="header">
            <div class="column header-row">
                <PageLink class="brand" to={Route::Home}>{ "yew-auth" }</PageLink>
                <nav class="nav" aria-label="Main"><PageLink to={Route::Posts}>{ "Posts" }</PageLink></nav>
                <div class="account">{ account }</div>
            </div>
        </header>
    }
}

fn account(session: &Session, auth: UseAuthHandle, router: Router) -> Html {
    let sign_out = Callback::from(move |_: MouseEvent| {
        auth.sign_out();
        // Of a protected page nothing would be left but "Access denied", to somebody who did nothing wrong.
        if router.route().is_protected() {
            router.open(&Route::Home.to_path());
        }
    });
    html! {
        <>
            <span class="account-name">{ session.user.display_name() }</span>
            <button class="button button-quiet" type="button" onclick={sign_out}>{ "Sign out" }</button>
        </>
    }
}
