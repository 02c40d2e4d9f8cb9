//! The hook that warns of the end of the session.

mod end_watch;

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use yew::prelude::*;

use crate::browser::clock;
use crate::provider::use_auth_context;
use end_watch::EndWatch;
use yew_auth_session::{EndCause, PlannedEnd, Timestamp};

/// Returns the end of the session once it is less than `warn_before` away. Only ends that no refresh can postpone count:
/// the idle limit and the absolute end of the session.
///
/// The component renders when the warning appears, changes or disappears. A countdown needs a timer of its own, with
/// [`SessionEnd::left`].
///
/// # Panics
/// Without an [`AuthProvider`](crate::AuthProvider) above the component.
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use yew::prelude::*;
/// use yew_auth::{EndCause, use_session_end};
///
/// #[component]
/// fn Warning() -> Html {
///     let Some(end) = use_session_end(Duration::from_secs(120)) else { return Html::default() };
///     match end.cause() {
///         EndCause::Idle => {
///             let onclick = move |_: MouseEvent| end.stay_signed_in();
///             html! { <p>{ "Are you still there?" }<button {onclick}>{ "Stay signed in" }</button></p> }
///         }
///         EndCause::Absolute => html! { <p>{ "Your session ends soon. Save your work and sign in again." }</p> },
///     }
/// }
/// ```
#[hook]
pub fn use_session_end(warn_before: Duration) -> Option<SessionEnd> {
    let driver = use_auth_context().driver;
    let end = use_state_eq(|| None::<PlannedEnd>);
    let setter = end.setter();
    let watch = use_memo((driver, warn_before), |(driver, warn_before)| {
        EndWatch::new(driver, *warn_before, Callback::from(move |end| setter.set(end)))
    });
    use_effect_with(Rc::clone(&watch), |watch| {
        let watch = Rc::clone(watch);
        watch.start();
        move || watch.stop()
    });
    end.map(|end| SessionEnd { end, watch })
}

/// The end of a session that is near. Returned by [`use_session_end`].
#[derive(Clone, PartialEq)]
pub struct SessionEnd {
    end: PlannedEnd,
    watch: Rc<EndWatch>,
}

impl SessionEnd {
    /// When the session ends, on this machine's clock.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.end.at
    }

    /// How long the session still lasts; zero when it is over.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.end.at.duration_since(clock::wall())
    }

    /// Why the session ends.
    #[must_use]
    pub fn cause(&self) -> EndCause {
        self.end.cause
    }

    /// Counts as activity: it postpones the end of an idle session, in all tabs. It cannot postpone an absolute end; there
    /// only a new [`sign_in`](crate::UseAuthHandle::sign_in) helps.
    pub fn stay_signed_in(&self) {
        self.watch.stay_signed_in();
    }

    /// Hides the warning of this end on this page.
    pub fn dismiss(&self) {
        self.watch.dismiss(self.end);
    }
}

impl fmt::Debug for SessionEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SessionEnd").field(&self.end).finish()
    }
}
