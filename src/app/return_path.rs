//! Where people go once they are signed in.

use web_sys::UrlSearchParams;
use yew::prelude::*;
use yew_auth::ReturnPath;

use super::route::Route;
use super::router::{Router, use_router};

/// The address of the sign-in page that leads back to the page that is open now.
#[hook]
pub fn use_sign_in_address() -> String {
    let router = use_router();
    let here = router.address().path.clone() + &router.address().query;
    Route::SignIn.to_path() + "?next=" + &String::from(js_sys::encode_uri_component(&here))
}

/// What the sign-in page's address asks for; home when it asks for nothing, or for something that is not ours.
#[hook]
pub fn use_return_path() -> ReturnPath {
    let query = UrlSearchParams::new_with_str(&use_router().address().query);
    ReturnPath::new(query.ok().and_then(|query| query.get("next")).as_deref().unwrap_or("/"))
}

/// Goes to `path` in place of the page that is open now: Back does not lead through the sign-in again.
pub fn replace_with(router: &Router, path: &ReturnPath) {
    let before_fragment = path.as_str().split('#').next().unwrap_or_default();
    let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
    let route = Some(Route::recognize(path)).filter(|route| !route.is_sign_in()).unwrap_or(Route::Home);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    router.replace(&(route.to_path() + &query));
}
