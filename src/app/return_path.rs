//! Where people go once they are signed in.

use web_sys::UrlSearchParams;
use yew::prelude::*;
use yew_auth::ReturnPath;
use yew_router::hooks::use_location;
use yew_router::navigator::Navigator;
use yew_router::{AnyRoute, Routable};

use super::route::Route;

/// The address of the sign-in page that leads back to the page that is open now.
#[hook]
pub fn use_sign_in_address() -> String {
    let here = use_location().map_or_else(|| "/".to_owned(), |at| at.path().to_owned() + at.query_str());
    Route::SignIn.to_path() + "?next=" + &String::from(js_sys::encode_uri_component(&here))
}

/// What the sign-in page's address asks for; home when it asks for nothing, or for something that is not ours.
#[hook]
pub fn use_return_path() -> ReturnPath {
    let query = use_location().and_then(|at| UrlSearchParams::new_with_str(at.query_str()).ok());
    ReturnPath::new(query.and_then(|query| query.get("next")).as_deref().unwrap_or("/"))
}

/// Goes to `path` in place of the page that is open now: Back does not lead through the sign-in again.
pub fn replace_with(navigator: &Navigator, path: &ReturnPath) {
    let before_fragment = path.as_str().split('#').next().unwrap_or_default();
    let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
    let route = Route::recognize(path).filter(|route| !route.is_sign_in()).unwrap_or(Route::Home);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    navigator.replace(&AnyRoute::new(route.to_path() + &query));
}
