//! Keeps a protected page when its session ends.

use yew::prelude::*;

use crate::provider::AuthContext;
use yew_auth_session::{SessionState, SignOutReason, User};

/// What [`WithAuth`](crate::WithAuth) shows.
#[derive(Clone, PartialEq)]
pub(super) enum View {
    /// It is not yet known whether a user is signed in.
    Loading,
    /// The page of the signed-in user.
    Open(AuthContext),
    /// The page as it was when its session ended. It is out of the document.
    Kept(AuthContext, SignOutReason),
    /// No page.
    Denied(SignOutReason),
}

impl View {
    pub(super) fn is_kept(&self) -> bool {
        matches!(self, Self::Kept(..))
    }

    /// The user whose page it is.
    pub(super) fn user(&self) -> Option<&User> {
        match self {
            Self::Open(context) | Self::Kept(context, _) => {
                context.snapshot.state.session().map(|session| &session.user)
            }
            Self::Loading | Self::Denied(_) => None,
        }
    }
}

/// Decides what is shown, and how to give up a kept page. A page is kept only if `keeps_pages`, and never after a
/// sign-out that the user asked for.
#[hook]
pub(super) fn use_view(context: AuthContext, keeps_pages: bool) -> (View, Callback<()>) {
    let last_open = use_mut_ref(|| None::<AuthContext>);
    let update = use_force_update();
    let view = match &*context.snapshot.state {
        SessionState::Loading => View::Loading,
        SessionState::Authenticated(_) => View::Open(context.clone()),
        SessionState::Unauthenticated(reason) => {
            let may_keep = keeps_pages && reason.is_involuntary();
            let kept = last_open.take().filter(|last| may_keep && last.driver == context.driver);
            kept.map_or(View::Denied(*reason), |kept| View::Kept(kept, *reason))
        }
    };
    if let View::Open(context) | View::Kept(context, _) = &view {
        last_open.replace(Some(context.clone()));
    }
    let user = view.user().filter(|_| keeps_pages).map(|user| user.id.clone());
    use_effect_with((context.driver, user), |(driver, user)| {
        let subscription = user.as_ref().map(|user| driver.keep_page_of(user));
        move || drop(subscription)
    });
    let give_up = Callback::from(move |()| {
        last_open.take();
        update.force_update();
    });
    (view, give_up)
}
