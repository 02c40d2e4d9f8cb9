//! Where people go once they are signed in: `?next=` of the pages that sign them in.

use yew::prelude::*;
use yew_auth::{ReturnPath, use_auth};
use yew_router::prelude::*;
use yew_router::query::Raw;

use crate::route::{Next, Route};

/// The address of the open page, for a link to a page that signs people in.
#[hook]
pub fn use_next_here() -> Option<Next> {
    use_location().map(|here| Next { next: here.path().to_owned() + here.query_str() })
}

/// What the open page's own address says, for a link to another step of signing in.
#[hook]
pub fn use_next() -> Option<Next> {
    use_location()?.query::<Next>().ok()
}

/// Where the open page leads: home, unless its address names a page of this app.
#[hook]
pub fn use_return_path() -> ReturnPath {
    let next = use_next();
    ReturnPath::new(next.as_ref().map_or("/", |next| &next.next))
}

/// Goes where the address says as soon as somebody is signed in.
#[hook]
pub fn use_leave_when_signed_in() {
    let return_to = use_return_path();
    let navigator = use_navigator();
    let auth = use_auth();
    let is_signed_in = auth.session().is_some();
    use_effect_with(is_signed_in, move |&is_signed_in| {
        if is_signed_in && let Some(navigator) = navigator {
            replace_with(&navigator, &return_to);
        }
    });
}

/// Opens a page in place of the open one, so that Back does not lead through the sign-in again.
pub fn replace_with(navigator: &Navigator, return_to: &ReturnPath) {
    let (route, query) = Route::of_return_address(return_to.as_str());
    navigator.replace_with_query(&route, Raw(query)).unwrap_or_else(|never| match never {});
}
