//! Where people go once they are signed in.

use web_sys::UrlSearchParams;
use yew::prelude::*;
use yew_auth::{ReturnPath, SessionState, use_auth};

use crate::route::Route;
use crate::router::{replace, use_address};

/// The address of `page`, a step on the way in, that leads to `next` then.
pub fn address_with_next(page: &Route, next: &str) -> String {
    page.path().to_owned() + "?next=" + &String::from(js_sys::encode_uri_component(next))
}

/// What the address of a step on the way in says of where that leads.
#[hook]
fn use_next() -> Option<String> {
    UrlSearchParams::new_with_str(&use_address().query).ok()?.get("next")
}

/// The address of another step on the way in, which leads to where this one does.
#[hook]
pub fn use_onward_address(page: &Route) -> String {
    use_next().map_or_else(|| page.path().to_owned(), |next| address_with_next(page, &next))
}

/// What the sign-in page's address asks for; home when it asks for nothing, or for something that is not ours.
#[hook]
pub fn use_return_path() -> ReturnPath {
    ReturnPath::new(use_next().as_deref().unwrap_or("/"))
}

/// Goes where the address says as soon as somebody is signed in.
#[hook]
pub fn use_leave_when_signed_in() {
    let return_to = use_return_path();
    let auth = use_auth();
    let is_signed_in = matches!(auth.state(), SessionState::Authenticated(_));
    use_effect_with(is_signed_in, move |&is_signed_in| {
        if is_signed_in {
            replace_with(&return_to);
        }
    });
}

/// Goes to `path` in place of the page that is open now: Back does not lead through the sign-in again.
pub fn replace_with(path: &ReturnPath) {
    let before_fragment = path.as_str().split('#').next().unwrap_or_default();
    let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
    let route = Some(Route::recognize(path)).filter(|route| !route.is_sign_in()).unwrap_or(Route::Home);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    replace(&(route.path().to_owned() + &query));
}
