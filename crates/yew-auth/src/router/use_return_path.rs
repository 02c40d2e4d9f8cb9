//! Where a sign-in page leads.

use yew::prelude::*;
use yew_router::prelude::{use_location, use_navigator};

use super::ReturnQuery;
use crate::return_path::ReturnPath;
use crate::use_auth::use_auth;

/// Returns the page that the sign-in page was opened for: its query parameter `next`, or `/`.
///
/// Use it with [`UseAuthHandle::sign_in_with`](crate::UseAuthHandle::sign_in_with).
///
/// # Panics
/// Without a router above the component.
#[hook]
pub fn use_return_path() -> ReturnPath {
    let location = use_location().expect("a router above this component");
    location.query::<ReturnQuery>().map(|query| query.next).unwrap_or_default()
}

/// For a sign-in page: as soon as a user is signed in, here or in another tab, opens the page of [`use_return_path`] in
/// place of this one.
///
/// # Panics
/// Without a router or an [`AuthProvider`](crate::AuthProvider) above the component.
///
/// # Example
///
/// See [`RedirectToSignIn`](crate::RedirectToSignIn).
#[hook]
pub fn use_return_after_sign_in() {
    let is_signed_in = use_auth().session().is_some();
    let navigator = use_navigator().expect("a router above this component");
    let location = use_location().expect("a router above this component");
    let return_to = use_return_path();
    use_effect_with(is_signed_in, move |&is_signed_in| {
        if is_signed_in {
            let page = ReturnPath::from_location(&location, &navigator);
            // A return path that leads back to the sign-in page would end there.
            let is_this_page = page.path_and_query().0 == return_to.path_and_query().0;
            let return_to = if is_this_page { ReturnPath::default() } else { return_to };
            return_to.replace_page(&navigator);
        }
    });
}
