//! The hook for requests of a component's own.

mod authorized_client;
mod scope;

use std::rc::Rc;

use yew::prelude::*;

use crate::provider::use_auth_context;
pub use authorized_client::AuthorizedClient;
use scope::Scope;

/// Returns a client for requests in the name of the signed-in user. Its requests are cancelled when the component is
/// unmounted.
///
/// # Panics
/// Without an [`AuthProvider`](crate::AuthProvider) above the component.
///
/// # Example
///
/// ```
/// use serde_json::{Value, json};
/// use yew::platform::spawn_local;
/// use yew::prelude::*;
/// use yew_auth::use_authorized_client;
///
/// #[component]
/// fn Rename() -> Html {
///     let client = use_authorized_client();
///     let message = use_state(String::new);
///     let onclick = {
///         let message = message.setter();
///         move |_: MouseEvent| {
///             let (client, message) = (client.clone(), message.clone());
///             spawn_local(async move {
///                 let answer = client.patch::<Value>("/api/auth/user/", &json!({ "first_name": "Ada" })).await;
///                 message.set(answer.map_or_else(|error| error.to_string(), |_| "Saved".to_owned()));
///             });
///         }
///     };
///     html! { <><button {onclick}>{ "Rename" }</button><p>{ &*message }</p></> }
/// }
/// ```
#[hook]
pub fn use_authorized_client() -> AuthorizedClient {
    let context = use_auth_context();
    let scope = use_memo((), |()| Scope::default());
    use_effect_with(Rc::clone(&scope), |scope| {
        let scope = Rc::clone(scope);
        move || scope.end()
    });
    AuthorizedClient::new(context.driver, scope)
}
