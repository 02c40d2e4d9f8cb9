//! Sends a visitor to the sign-in page.

use yew::prelude::*;
use yew_router::Routable;
use yew_router::prelude::{use_location, use_navigator};

use super::ReturnQuery;
use crate::return_path::ReturnPath;

/// The properties of [`RedirectToSignIn`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RedirectToSignInProps<R: Routable + 'static> {
    /// The route of the sign-in page.
    pub to: R,
}

/// Opens the sign-in page in place of the open page, and remembers that page in the query: `?next=/posts`. The sign-in
/// page returns there with [`use_return_after_sign_in`](crate::use_return_after_sign_in).
///
/// # Panics
/// Without a router above it.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{RedirectToSignIn, SessionProps, WithAuth, use_return_after_sign_in};
/// use yew_router::prelude::*;
///
/// #[derive(Clone, PartialEq, Routable)]
/// enum Route {
///     #[at("/posts")]
///     Posts,
///     #[at("/sign-in")]
///     SignIn,
/// }
///
/// fn switch(route: Route) -> Html {
///     let denied = Callback::from(|_| html! { <RedirectToSignIn<Route> to={Route::SignIn} /> });
///     match route {
///         Route::Posts => html! { <WithAuth<Posts> {denied} /> },
///         Route::SignIn => html! { <SignIn /> },
///     }
/// }
///
/// #[component]
/// fn Posts(props: &SessionProps) -> Html {
///     html! { <h1>{ format!("Posts for {}", props.session.user.display_name()) }</h1> }
/// }
///
/// #[component]
/// fn SignIn() -> Html {
///     use_return_after_sign_in();
///     html! { <form>{ "…" }</form> }
/// }
/// ```
#[component]
pub fn RedirectToSignIn<R>(props: &RedirectToSignInProps<R>) -> Html
where
    R: Routable + 'static,
{
    let navigator = use_navigator().expect("a router above `RedirectToSignIn`");
    let location = use_location().expect("a router above `RedirectToSignIn`");
    use_effect_with(props.to.clone(), move |to| {
        let page = ReturnPath::from_location(&location, &navigator);
        // On the sign-in page itself there is nowhere to go.
        if page.path_and_query().0 != to.to_path() && navigator.replace_with_query(to, ReturnQuery::from(page)).is_err()
        {
            navigator.replace(to);
        }
    });
    Html::default()
}
