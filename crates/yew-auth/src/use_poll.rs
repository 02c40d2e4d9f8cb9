//! The hook that keeps data current.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use yew::prelude::*;

use crate::browser::clock;
use crate::client::RequestError;
use crate::poll::PollEntry;
use crate::provider::use_auth_context;
use yew_auth_session::Timestamp;

/// Reads `path` of the API now and then every `interval`, at least one second, while a user is signed in and the page is
/// visible and online. The handle has the same fields as SWR's.
///
/// - Polls never overlap. Components that ask for the same path and type share one request, at the shortest interval.
/// - Data that has not changed stays the same [`Rc`], so components that depend on it do not render again.
/// - After an error the last data stays, and the next poll comes later, at the latest after 30 seconds. While there is no
///   data yet, a failed poll is repeated after 1, 2, 4, … seconds.
/// - The data of a path that no component uses any more is kept for five minutes.
///
/// # Panics
/// Without an [`AuthProvider`](crate::AuthProvider) above the component.
///
/// # Example
///
/// ```
/// use std::time::Duration;
/// use yew::prelude::*;
/// use yew_auth::use_poll;
///
/// #[component]
/// fn Names() -> Html {
///     let names = use_poll::<Vec<String>>("/api/names/", Duration::from_secs(10));
///     if names.is_loading {
///         return html! { <p>{ "Loading" }</p> };
///     }
///     html! {
///         <>
///             { for names.data.iter().flat_map(|names| names.iter()).map(|name| html! { <p>{ name }</p> }) }
///             if let Some(error) = &names.error {
///                 <p>{ format!("The names may be out of date: {error}.") }</p>
///             }
///         </>
///     }
/// }
/// ```
#[hook]
pub fn use_poll<T>(path: &str, interval: Duration) -> UsePollHandle<T>
where
    T: DeserializeOwned + PartialEq + 'static,
{
    let context = use_auth_context();
    let user = context.snapshot.user_id().map(str::to_owned);
    let polls = context.polls;
    let entry = use_memo((context.driver, user, path.to_owned()), |(driver, user, path)| {
        polls.entry::<T>(driver, user.as_deref(), path)
    });
    let update = use_force_update();
    use_effect_with((Rc::clone(&entry), interval), move |(entry, interval)| {
        let subscription = entry.subscribe(*interval, Callback::from(move |()| update.force_update()));
        move || drop(subscription)
    });
    let state = entry.state();
    let is_validating = entry.is_validating();
    UsePollHandle {
        data: state.data.clone(),
        error: state.error.clone(),
        is_loading: is_validating && state.data.is_none(),
        is_validating,
        updated_at: state.updated_at,
        entry: Rc::clone(&entry),
    }
}

/// The polled data and its state. Returned by [`use_poll`].
pub struct UsePollHandle<T> {
    /// The newest data. It stays after an error.
    pub data: Option<Rc<T>>,
    /// Why the last poll failed, if it did.
    pub error: Option<Rc<RequestError>>,
    /// Whether the first data is being read: there is none yet, and a poll is in flight.
    pub is_loading: bool,
    /// Whether a poll is in flight.
    pub is_validating: bool,
    /// When the data was last known to be current, on this machine's clock.
    pub updated_at: Option<Timestamp>,
    entry: Rc<PollEntry<T>>,
}

impl<T: DeserializeOwned + PartialEq + 'static> UsePollHandle<T> {
    /// Polls now, or right after the poll in flight.
    pub fn revalidate(&self) {
        self.entry.revalidate();
    }

    /// How long ago the data was known to be current; `None` before the first data.
    #[must_use]
    pub fn age(&self) -> Option<Duration> {
        self.updated_at.map(|at| clock::wall().duration_since(at))
    }
}

// Derived, it would require `T: Clone`.
impl<T> Clone for UsePollHandle<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            error: self.error.clone(),
            is_loading: self.is_loading,
            is_validating: self.is_validating,
            updated_at: self.updated_at,
            entry: Rc::clone(&self.entry),
        }
    }
}

/// Data of the API does not belong in logs, so it is not printed.
impl<T> fmt::Debug for UsePollHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UsePollHandle")
            .field("has_data", &self.data.is_some())
            .field("error", &self.error)
            .field("is_validating", &self.is_validating)
            .field("updated_at", &self.updated_at)
            .finish_non_exhaustive()
    }
}
