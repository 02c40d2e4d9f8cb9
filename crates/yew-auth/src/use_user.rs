//! The hook that reads the user as a type of the app.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use yew::prelude::*;

use crate::json;
use crate::provider::use_auth_context;

/// Returns the signed-in user as a type of yours, read from everything that the backend says about them. `None` if nobody
/// is signed in, or if the backend says something else than the type expects.
///
/// The component renders when the session or the user changes. The same user is the same `Rc`, also after they were read
/// again.
///
/// # Panics
/// Without an [`AuthProvider`](crate::AuthProvider) above the component.
///
/// # Example
///
/// ```
/// use serde::Deserialize;
/// use yew::prelude::*;
/// use yew_auth::use_user;
///
/// #[derive(PartialEq, Deserialize)]
/// struct Member {
///     plan: String,
/// }
///
/// #[component]
/// fn Plan() -> Html {
///     match use_user::<Member>() {
///         Some(member) => html! { <p>{ &member.plan }</p> },
///         None => html! {},
///     }
/// }
/// ```
#[hook]
pub fn use_user<U: DeserializeOwned + PartialEq + 'static>() -> Option<Rc<U>> {
    let snapshot = use_auth_context().snapshot;
    let details = snapshot.state.session().map(|session| session.user.details.clone());
    let last = use_mut_ref(|| None::<Rc<U>>);
    let read = use_memo(details, |details| json::read::<U>(details.as_deref()?).ok().map(Rc::new));
    let mut last = last.borrow_mut();
    if *last != *read {
        last.clone_from(&read);
    }
    last.clone()
}
