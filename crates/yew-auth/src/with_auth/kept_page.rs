//! Keeps a protected page when its session ends.

use web_sys::HtmlElement;
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
    /// The page as it was when its session ended. It cannot be used.
    Kept(AuthContext, SignOutReason),
    /// No page.
    Denied(SignOutReason),
}

/// How a kept page looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Blurred: the user was there a moment ago.
    Veiled,
    /// Invisible: the user may have left, and somebody else may see the screen.
    Hidden,
}

impl Kept {
    /// Its name in the markup.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Veiled => "veiled",
            Self::Hidden => "hidden",
        }
    }

    fn style(self) -> &'static str {
        match self {
            Self::Veiled => "filter: blur(.375rem)",
            Self::Hidden => "visibility: hidden; opacity: 0",
        }
    }
}

impl View {
    /// Whether the page is kept, and how.
    pub(super) fn kept(&self) -> Option<Kept> {
        match self {
            Self::Kept(_, SignOutReason::Idle | SignOutReason::Expired) => Some(Kept::Hidden),
            Self::Kept(..) => Some(Kept::Veiled),
            Self::Loading | Self::Open(_) | Self::Denied(_) => None,
        }
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

/// Styles the frame of a page while it is kept. The style is set by script, because a content security policy without
/// 'unsafe-inline' blocks the attribute.
#[hook]
pub(super) fn use_kept_style(kept: Option<Kept>) -> NodeRef {
    let frame = use_node_ref();
    use_effect_with((frame.clone(), kept), |(frame, kept)| {
        let styled = kept.and_then(|kept| {
            let frame = frame.cast::<HtmlElement>()?;
            frame.style().set_css_text(kept.style());
            Some(frame)
        });
        move || {
            // Removing an attribute cannot fail for an element.
            let _ = styled.map(|frame| frame.remove_attribute("style"));
        }
    });
    frame
}
