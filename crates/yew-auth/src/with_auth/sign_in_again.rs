//! The offer to sign in again over a kept page.

use yew::prelude::*;

use yew_auth_session::{SignOutReason, User};

/// What an app can show and do over a page whose session has ended: see
/// [`WithAuthProps::sign_in_again`](crate::WithAuthProps).
///
/// It disappears by itself once a user has signed in, here or in another tab. The same user continues where they were;
/// another user gets a new page.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SignInAgain {
    /// Why the session has ended.
    pub reason: SignOutReason,
    /// The user whose page it is.
    pub user: User,
    pub(super) give_up: Callback<()>,
}

impl SignInAgain {
    /// Gives up the page: it is removed, and its waiting requests fail.
    pub fn give_up(&self) {
        self.give_up.emit(());
    }
}
