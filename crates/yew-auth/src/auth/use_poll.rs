//! The hook that keeps data current.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use yew::prelude::*;

use super::context::use_auth_context;
use super::poll_entry::PollEntry;
use crate::api::RequestError;
use crate::browser::clock;
use yew_auth_session::Timestamp;

/// Reads `path` of the API now, and again every `interval`, for as long as somebody is signed in and the page is
/// visible and online. In the words of SWR.
///
/// Polls never overlap; components that ask for the same path share one request; data that has not changed stays the
/// same [`Rc`]; after an error the last data stays, and the next poll is put off until all is well again.
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
///     match &names.data {
///         Some(names) => names.iter().map(|name| html! { <p>{ name }</p> }).collect(),
///         None => html! {},
///     }
/// }
/// ```
#[hook]
pub fn use_poll<T>(path: &str, interval: Duration) -> UsePollHandle<T>
where
    T: DeserializeOwned + PartialEq + 'static,
{
    let context = use_auth_context();
    let user = context.snapshot.state.session().map(|session| session.user.id.clone());
    let entry = use_memo((context.driver, user, path.to_owned()), |(driver, user, path)| {
        Shared(context.polls.entry::<T>(driver, user.as_deref(), path))
    });
    let entry = Rc::clone(&entry.0);
    let update = use_force_update();
    use_memo((Shared(Rc::clone(&entry)), interval), move |(entry, interval)| {
        entry.0.subscribe(*interval, Callback::from(move |()| update.force_update()))
    });
    let state = entry.state();
    UsePollHandle {
        data: state.data.clone(),
        error: state.error.clone(),
        is_loading: state.is_validating && state.data.is_none(),
        is_validating: state.is_validating,
        updated_at: state.updated_at,
        entry,
    }
}

/// What is known of polled data.
pub struct UsePollHandle<T> {
    /// The last data there was.
    pub data: Option<Rc<T>>,
    /// Why the last poll brought none.
    pub error: Option<Rc<RequestError>>,
    /// The first data is under way.
    pub is_loading: bool,
    /// A poll is under way.
    pub is_validating: bool,
    /// When the data was last known to be current, on this machine's clock.
    pub updated_at: Option<Timestamp>,
    entry: Rc<PollEntry<T>>,
}

impl<T: DeserializeOwned + PartialEq + 'static> UsePollHandle<T> {
    /// Polls now, or right after the poll that is under way.
    pub fn revalidate(&self) {
        self.entry.revalidate();
    }

    /// How old the data is.
    #[must_use]
    pub fn age(&self) -> Option<Duration> {
        self.updated_at.map(|at| clock::wall().duration_since(at))
    }
}

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

/// Two handles are alike when they are one.
struct Shared<T>(Rc<PollEntry<T>>);

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
