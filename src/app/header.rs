//! The bar at the top of every page.

use yew::prelude::*;
use yew_auth::{Session, SessionState, UseAuthHandle, use_auth};

use super::link::PageLink;
use super::return_path::{address_with_next, use_here};
use super::route::Route;
use super::router::{Router, use_router};
use super::theme_choice::theme_choice;

/// The app's name, its pages, and who is signed in.
#[component]
pub fn Header() -> Html {
    let auth = use_auth();
    let router = use_router();
    let here = use_here();
    let account = match auth.state() {
        SessionState::Authenticated(session) => account(session, auth.clone(), router),
        SessionState::Unauthenticated(_) if !router.route().is_sign_in() => {
            let address = address_with_next(&Route::SignIn, &here);
            html! { <PageLink to={Route::SignIn} {address}>{ "Sign in" }</PageLink> }
        }
        SessionState::Loading | SessionState::Unauthenticated(_) => Html::default(),
    };
    html! {
        <header class="header">
            <div class="column header-row">
                <PageLink class="brand" to={Route::Home}><span>{ "yew-auth" }</span></PageLink>
                <nav class="nav" aria-label="Main"><PageLink to={Route::Posts}>{ "Posts" }</PageLink></nav>
                <div class="account">{ account }</div>
                { theme_choice() }
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
    let name = session.user.display_name();
    html! {
        <>
            <PageLink class="account-link" to={Route::Account}>
                <span class="avatar" aria-hidden="true">{ name.chars().next() }</span>
                <span class="account-name">{ name }</span>
            </PageLink>
            <button class="button button-quiet" type="button" onclick={sign_out}>{ "Sign out" }</button>
        </>
    }
}
