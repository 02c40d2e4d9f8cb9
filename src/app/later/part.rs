//! The parts of the second module, as the first one names them.

use yew::prelude::*;
use yew_auth::{ReturnPath, Session, SessionEnd, SignInAgain, UseAuthHandle};

use crate::app::pages::{
    AccountPage, CallbackPage, PasswordForgottenPage, PasswordResetPage, RegisterPage, SignInPage, session_page,
};
use crate::app::route::Route;
use crate::app::session_warning::{ends_soon, still_there};
use crate::app::sign_in_again::sign_in_again;

/// A part of the second module, with all that it needs.
#[derive(Clone, PartialEq)]
pub enum Part {
    /// The page of an address, for strangers too.
    Page(Route),
    /// The page of one's own account.
    Account(Session),
    /// The question whether anybody is still there.
    StillThere(SessionEnd, UseAuthHandle),
    /// The word that a session ends for good.
    EndsSoon(SessionEnd, UseAuthHandle, ReturnPath),
    /// The offer to go on where a session has ended.
    SignInAgain(UseAuthHandle, SignInAgain, ReturnPath),
}

impl Part {
    /// Its look.
    pub fn draw(&self) -> Html {
        match self.clone() {
            Self::Page(route) => page(route),
            Self::Account(session) => html! { <AccountPage {session} /> },
            Self::StillThere(end, auth) => still_there(end, auth),
            Self::EndsSoon(end, auth, return_to) => ends_soon(end, auth, return_to),
            Self::SignInAgain(auth, again, return_to) => sign_in_again(auth, again, return_to),
        }
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::SignIn => html! { <SignInPage /> },
        Route::Callback { provider } => html! { <CallbackPage {provider} /> },
        Route::Register => html! { <RegisterPage /> },
        Route::PasswordForgotten => html! { <PasswordForgottenPage /> },
        Route::PasswordReset => html! { <PasswordResetPage /> },
        Route::Session => session_page(),
        Route::Account | Route::Posts | Route::Home | Route::NotFound => Html::default(),
    }
}
