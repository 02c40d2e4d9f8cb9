//! The hook that warns of the session's end.

mod end_watch;

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use yew::prelude::*;

use super::context::use_auth_context;
use crate::browser::clock;
use end_watch::EndWatch;
use yew_auth_session::{EndCause, PlannedEnd, Timestamp};

/// The end of the session, from `warn_before` on: an end that no refresh puts off. A session that is renewed by itself
/// has none.
///
/// The component renders when the warning comes, when it changes and when it goes. A countdown is its own affair.
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
///             html! { <p>{ "Still there?" }<button {onclick}>{ "Stay signed in" }</button></p> }
///         }
///         EndCause::Absolute => html! { <p>{ "Your session ends soon. Sign in again to go on." }</p> },
///     }
/// }
/// ```
#[hook]
pub fn use_session_end(warn_before: Duration) -> Option<SessionEnd> {
    let driver = use_auth_context().driver;
    let end = use_state_eq(|| None::<PlannedEnd>);
    let setter = end.setter();
    let watch = (*use_memo((driver, warn_before), |(driver, warn_before)| {
        EndWatch::new(driver, *warn_before, Callback::from(move |end| setter.set(end)))
    }))
    .clone();
    use_effect_with(Rc::clone(&watch), |watch| {
        watch.start();
        let watch = Rc::clone(watch);
        move || watch.stop()
    });
    end.map(|end| SessionEnd { end, watch })
}

/// The end that a session is about to come to.
#[derive(Clone, PartialEq)]
pub struct SessionEnd {
    end: PlannedEnd,
    watch: Rc<EndWatch>,
}

impl SessionEnd {
    /// When, on this machine's clock.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.end.at
    }

    /// How long that is from now.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.end.at.duration_since(clock::wall())
    }

    /// Why.
    #[must_use]
    pub fn cause(&self) -> EndCause {
        self.end.cause
    }

    /// Says that somebody is there, which puts the end of an idle session off in all tabs. Nothing puts an absolute end
    /// off: there [`sign_in`](crate::UseAuthHandle::sign_in) begins another session.
    pub fn stay_signed_in(&self) {
        self.watch.stay_signed_in();
    }

    /// Does not warn of this end any more, on this page.
    pub fn dismiss(&self) {
        self.watch.dismiss(self.end);
    }
}

impl fmt::Debug for SessionEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SessionEnd").field(&self.end).finish()
    }
}
