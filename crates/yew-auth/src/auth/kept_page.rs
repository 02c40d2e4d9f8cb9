//! What is left of a protected page when its session ends.

use yew::prelude::*;

use super::context::AuthContext;
use yew_auth_session::{SessionState, SignOutReason, User};

/// What [`WithAuth`](super::WithAuth) shows.
#[derive(Clone, PartialEq)]
pub(super) enum Shown {
    /// Nobody knows yet who is signed in.
    Loading,
    /// The page, of the person who is signed in.
    Open(AuthContext),
    /// The page as it was when its session ended, out of reach.
    Kept(AuthContext, SignOutReason),
    /// Nothing of the page.
    Denied(SignOutReason),
}

impl Shown {
    /// Whose page it is.
    pub(super) fn user(&self) -> Option<&User> {
        match self {
            Self::Open(context) | Self::Kept(context, _) => {
                context.snapshot.state.session().map(|session| &session.user)
            }
            Self::Loading | Self::Denied(_) => None,
        }
    }
}

/// Decides what is shown, and how to give a kept page up. `keeps` says whether pages are kept at all: a session that
/// somebody has signed out of leaves nothing in any case.
#[hook]
pub(super) fn use_shown(context: AuthContext, keeps: bool) -> (Shown, Callback<()>) {
    let last = use_mut_ref(|| None::<AuthContext>);
    let update = use_force_update();
    let shown = match &*context.snapshot.state {
        SessionState::Loading => Shown::Loading,
        SessionState::Authenticated(_) => Shown::Open(context.clone()),
        SessionState::Unauthenticated(reason) => {
            let kept = last.take().filter(|last| keeps && reason.is_involuntary() && last.driver == context.driver);
            kept.map_or(Shown::Denied(*reason), |kept| Shown::Kept(kept, *reason))
        }
    };
    if let Shown::Open(context) | Shown::Kept(context, _) = &shown {
        last.replace(Some(context.clone()));
    }
    // While the page is there, its requests wait for its person.
    let keeper = shown.user().filter(|_| keeps).map(|user| user.id.clone());
    use_memo((context.driver, keeper), |(driver, keeper)| keeper.as_ref().map(|user| driver.keep_page_of(user)));
    let give_up = Callback::from(move |()| {
        last.take();
        update.force_update();
    });
    (shown, give_up)
}
