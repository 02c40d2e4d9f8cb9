//! The pages. To add one, add it to [`Route`](crate::route::Route) and to [`page`].

mod account;
mod callback;
mod home;
mod password_forgotten;
mod password_reset;
mod posts;
mod register;
mod sign_in;

use gloo_utils::window;
use js_sys::Reflect;
use yew::prelude::*;
use yew_auth::SessionInspector;

use self::account::AccountPage;
use self::callback::CallbackPage;
use self::home::HomePage;
use self::password_forgotten::PasswordForgottenPage;
use self::password_reset::PasswordResetPage;
pub use self::posts::PostsPage;
use self::register::RegisterPage;
use self::sign_in::SignInPage;
use crate::route::Route;
use crate::session::SignedIn;
use crate::ui::PageLink;

/// The page of a route. The posts are not here: their code is in the first module.
pub fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <HomePage /> },
        Route::SignIn => html! { <SignInPage /> },
        Route::Callback { provider } => html! { <CallbackPage {provider} /> },
        Route::Register => html! { <RegisterPage /> },
        Route::PasswordForgotten => html! { <PasswordForgottenPage /> },
        Route::PasswordReset => html! { <PasswordResetPage /> },
        Route::Account => html! { <SignedIn<AccountPage> /> },
        Route::Session => session(),
        Route::Posts => Html::default(),
        Route::NotFound => not_found(),
    }
}

/// How the session is kept. It needs no session: it also shows why somebody is signed out.
fn session() -> Html {
    html! {
        <div class="stack">
            <h1>{ "Your session" }</h1>
            <p class="lead">{ "How you stay signed in, as it happens. Nothing here is secret: tokens are never shown." }</p>
            if let Some(note) = head_start_note() {
                <p class="soft">{ note }</p>
            }
            <SessionInspector />
        </div>
    }
}

fn not_found() -> Html {
    html! {
        <div class="stack">
            <h1>{ "Page not found" }</h1>
            <p class="lead">{ "There is nothing at this address. It may be mistyped, or the page may be gone." }</p>
            <div class="actions">
                <PageLink class="button" to={Route::Home}>{ "Home" }</PageLink>
                <PageLink class="button button-quiet" to={Route::Posts}>{ "Go to the posts" }</PageLink>
            </div>
        </div>
    }
}

/// What static/boot.js has to say about the start of this page, if that was not as it should be.
fn head_start_note() -> Option<String> {
    let head_start = Reflect::get(window().as_ref(), &"headStart".into()).ok()?;
    Reflect::get(&head_start, &"note".into()).ok()?.as_string()
}
