//! The hook for requests of a component's own.

use std::rc::Rc;

use yew::prelude::*;

use super::authorized_client::AuthorizedClient;
use super::context::use_auth_context;
use super::scope::Scope;

/// A client whose requests carry the session, and end with the component.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew::platform::spawn_local;
/// use yew_auth::{RequestError, use_authorized_client};
///
/// #[component]
/// fn Rename() -> Html {
///     let client = use_authorized_client();
///     let onclick = move |_: MouseEvent| {
///         let client = client.clone();
///         spawn_local(async move {
///             let body = [("first_name", "Ada")].into_iter().collect::<std::collections::BTreeMap<_, _>>();
///             let answer: Result<serde_json::Value, RequestError> = client.patch("/api/auth/user/", &body).await;
///             drop(answer);
///         });
///     };
///     html! { <button {onclick}>{ "Rename" }</button> }
/// }
/// ```
#[hook]
pub fn use_authorized_client() -> AuthorizedClient {
    let context = use_auth_context();
    let scope = use_memo((), |()| Scope::default());
    let ends_with_component = Rc::clone(&scope);
    use_effect_with((), move |()| move || ends_with_component.end());
    AuthorizedClient { driver: context.driver, scope }
}
