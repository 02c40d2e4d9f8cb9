//! Where people go once they are signed in.

use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_auth::{ReturnPath, SessionState, use_auth};
use yew_router::Routable;
use yew_router::hooks::{use_location, use_navigator};
use yew_router::navigator::Navigator;
use yew_router::query::Raw;

use super::route::Route;

/// The query of the sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInQuery {
    /// The path, with its query, to go to then.
    pub next: String,
}

/// The query that leads back to the page that is open now.
#[hook]
pub fn use_sign_in_query() -> SignInQuery {
    let here = use_location();
    SignInQuery { next: here.map_or_else(|| "/".to_owned(), |at| format!("{}{}", at.path(), at.query_str())) }
}

/// What the address of a page on the way in says of where that leads, for the next such page.
#[hook]
pub fn use_onward_query() -> Option<SignInQuery> {
    use_location().and_then(|location| location.query::<SignInQuery>().ok())
}

/// What the sign-in page's address asks for; home when it asks for nothing, or for something that is not ours.
#[hook]
pub fn use_return_path() -> ReturnPath {
    let query = use_onward_query();
    ReturnPath::new(query.as_ref().map_or("/", |query| &query.next))
}

/// Goes where the address says as soon as somebody is signed in.
#[hook]
pub fn use_leave_when_signed_in() {
    let navigator = use_navigator();
    let return_to = use_return_path();
    let auth = use_auth();
    let is_signed_in = matches!(auth.state(), SessionState::Authenticated(_));
    use_effect_with(is_signed_in, move |&is_signed_in| {
        if let Some(navigator) = navigator.filter(|_| is_signed_in) {
            replace_with(&navigator, &return_to);
        }
    });
}

/// Goes to `path` in place of the page that is open now: Back does not lead through the sign-in again.
pub fn replace_with(navigator: &Navigator, path: &ReturnPath) {
    let before_fragment = path.as_str().split('#').next().unwrap_or_default();
    let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
    let route = Route::recognize(path).filter(|route| !route.is_sign_in()).unwrap_or(Route::Home);
    match query {
        "" => navigator.replace(&route),
        query => {
            let Ok(()) = navigator.replace_with_query(&route, Raw(query));
        }
    }
}
