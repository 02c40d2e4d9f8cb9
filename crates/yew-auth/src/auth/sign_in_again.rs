//! The offer to go on where the session has ended.

use yew::prelude::*;

use yew_auth_session::{SignOutReason, User};

/// What an app may say and do over a page whose session has ended. It goes away by itself once somebody has signed in,
/// here or in another tab: the same person goes on where they were, another one gets a page of their own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SignInAgain {
    /// Why the session has ended.
    pub reason: SignOutReason,
    /// Whose page it is.
    pub user: User,
    pub(super) give_up: Callback<()>,
}

impl SignInAgain {
    /// Gives the page up: [`AccessDenied`](crate::AccessDenied) takes its place, and the requests that waited end.
    pub fn give_up(&self) {
        self.give_up.emit(());
    }
}
