//! The door to the pages that are for people who have signed in.

use yew::prelude::*;
use yew_auth::{SessionProps, UseAuthHandle, WithAuth};

use super::posts::PostsPage;
use crate::later::{Later, Part};
use crate::loading::loading;
use crate::return_path::address_with_next;
use crate::route::Route;
use crate::router::{open, use_address};

/// The page of the address for whoever is signed in, "Access denied" for everybody else. One door for all: each
/// `WithAuth` of its own would be compiled of its own.
pub fn protected(auth: UseAuthHandle, here: String) -> Html {
    let sign_in_again = {
        let here = here.clone();
        Callback::from(move |again| html! { <Later part={Part::SignInAgain(auth.clone(), again, here.clone())} /> })
    };
    let on_sign_in = Callback::from(move |()| open(&address_with_next(&Route::SignIn, &here)));
    html! {
        <WithAuth<ProtectedPage> {on_sign_in} loading={loading("Looking for your session…")}
            {sign_in_again} />
    }
}

#[component]
fn ProtectedPage(props: &SessionProps) -> Html {
    let session = props.session.clone();
    match use_address().route() {
        Route::Account => html! { <Later part={Part::Account(session)} /> },
        _ => html! { <PostsPage {session} /> },
    }
}
