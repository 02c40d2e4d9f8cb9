//! The bar at the top of every page.

use yew::prelude::*;
use yew_auth::{Session, SessionState, UseAuthHandle};

use crate::route::{Next, Route};
use crate::ui::{Open, PageLink};

/// The app's name, its pages, and who is signed in.
pub fn header(auth: &UseAuthHandle, route: &Route, next: Option<Next>, open: Open, theme: Html) -> Html {
    let account = match auth.state() {
        SessionState::Authenticated(session) => account(session, auth.clone(), route.clone(), open),
        SessionState::Unauthenticated(_) if !route.is_sign_in_step() => {
            html! { <PageLink to={Route::SignIn} {next}>{ "Sign in" }</PageLink> }
        }
        SessionState::Loading | SessionState::Unauthenticated(_) => Html::default(),
    };
    html! {
        <header class="header">
            <div class="column header-row">
                <PageLink class="brand" to={Route::Home}><span translate="no">{ "yew-auth" }</span></PageLink>
                <nav class="nav" aria-label="Main">
                    <PageLink to={Route::Posts}>{ "Posts" }</PageLink>
                </nav>
                <div class="account">{ account }</div>
                { theme }
            </div>
        </header>
    }
}

fn account(session: &Session, auth: UseAuthHandle, route: Route, open: Open) -> Html {
    let name = session.user.display_name();
    let sign_out = Callback::from(move |_: MouseEvent| {
        auth.sign_out();
        // Only "Access denied" would be left of a protected page.
        if route.is_protected() {
            open.emit((Route::Home, None));
        }
    });
    html! {
        <>
            <PageLink class="account-link" to={Route::Account}>
                <span class="avatar" aria-hidden="true">{ name.chars().next() }</span>
                <span class="account-name" translate="no">{ name }</span>
            </PageLink>
            <button class="button button-quiet" type="button" onclick={sign_out}>{ "Sign out" }</button>
        </>
    }
}
