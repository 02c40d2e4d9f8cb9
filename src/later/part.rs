//! The parts of the second module, as the first one names them.

use std::rc::Rc;

use yew::prelude::*;
use yew_auth::{RequestError, ReturnPath, Session, SignInAgain, UseAuthHandle};

use crate::connection_notice::connection_notice;
use crate::new_posts_offer::new_posts_offer;
use crate::no_posts::NoPosts;
use crate::pages::{
    AccountPage, CallbackPage, HomePage, PasswordForgottenPage, PasswordResetPage, RegisterPage, SignInPage,
    not_found_page, session_page,
};
use crate::post::Posts;
use crate::post_filter::PostFilter;
use crate::post_tools::PostTools;
use crate::refresh_word::RefreshWord;
use crate::route::Route;
use crate::session_warning::SessionWarning;
use crate::sign_in_again::sign_in_again;
use crate::stale_notice::stale_notice;
use crate::strips::strips;

/// A part of the second module, with all that it needs.
#[derive(Clone)]
pub enum Part {
    /// The page of an address, for strangers too.
    Page(Route),
    /// The page of one's own account.
    Account(Session),
    /// What is said of the session over every page.
    Notices(UseAuthHandle),
    /// What is said of it above the page of an address.
    Strips(UseAuthHandle, Route),
    /// The choice of some of the posts.
    PostTools(Rc<Posts>, Callback<PostFilter>),
    /// The offer of so many posts, and what shows them.
    NewPosts(usize, Callback<()>),
    /// Why there are no posts, and another try.
    NoPosts(Rc<RequestError>, Callback<MouseEvent>),
    /// What has become of the last refresh of the posts.
    Refreshed {
        /// Why it failed, if so.
        error: Option<Rc<RequestError>>,
        /// Whether the session can be renewed: what is in its way is said already.
        is_connected: bool,
        /// Another try.
        refresh: Callback<MouseEvent>,
        /// Whether one is under way that somebody has asked for.
        is_busy: bool,
    },
    /// The offer to go on where a session has ended, and the address of that place.
    SignInAgain(UseAuthHandle, SignInAgain, String),
}

impl Part {
    /// Its look.
    pub fn draw(&self) -> Html {
        match self.clone() {
            Self::Page(route) => page(route),
            Self::Account(session) => html! { <AccountPage {session} /> },
            Self::Notices(auth) => html! { <>{ connection_notice(auth.connection()) }<SessionWarning /></> },
            Self::PostTools(posts, find) => html! { <PostTools {posts} {find} /> },
            Self::NewPosts(waiting, show) => new_posts_offer(waiting, &show),
            Self::Strips(auth, route) => strips(&auth, &route),
            Self::NoPosts(error, try_again) => html! { <NoPosts {error} {try_again} /> },
            Self::Refreshed { error, is_connected, refresh, is_busy } => html! {
                <>
                    { stale_notice(error.as_deref().filter(|_| is_connected), &refresh) }
                    <RefreshWord {is_busy} has_failed={error.is_some()} />
                </>
            },
            Self::SignInAgain(auth, again, here) => sign_in_again(auth, again, ReturnPath::new(&here)),
        }
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <HomePage /> },
        Route::SignIn => html! { <SignInPage /> },
        Route::Callback { provider } => html! { <CallbackPage {provider} /> },
        Route::Register => html! { <RegisterPage /> },
        Route::PasswordForgotten => html! { <PasswordForgottenPage /> },
        Route::PasswordReset => html! { <PasswordResetPage /> },
        Route::Session => session_page(),
        Route::NotFound => not_found_page(),
        Route::Account | Route::Posts => Html::default(),
    }
}
