//! The door to the pages that are for people who have signed in.

use yew::prelude::*;
use yew_auth::{ReturnPath, SessionProps, SessionState, WithAuth, use_auth};

use super::posts::PostsPage;
use crate::app::later::{Later, Part, use_later_soon};
use crate::app::loading::Loading;
use crate::app::return_path::{address_with_next, use_here};
use crate::app::route::Route;
use crate::app::router::use_router;

/// The page of the address for whoever is signed in, "Access denied" for everybody else. One door for all: each
/// `WithAuth` of its own would be compiled of its own.
#[component]
pub fn Protected() -> Html {
    let router = use_router();
    let here = use_here();
    let (auth, return_to) = (use_auth(), ReturnPath::new(&here));
    // A stranger goes to sign in next.
    use_later_soon(matches!(auth.state(), SessionState::Unauthenticated(_)));
    let sign_in_again = Callback::from(move |again| {
        html! { <Later part={Part::SignInAgain(auth.clone(), again, return_to.clone())} /> }
    });
    let on_sign_in = Callback::from(move |()| router.open(&address_with_next(&Route::SignIn, &here)));
    html! {
        <WithAuth<ProtectedPage> {on_sign_in} loading={html! { <Loading>{ "Looking for your session…" }</Loading> }}
            {sign_in_again} />
    }
}

#[component]
fn ProtectedPage(props: &SessionProps) -> Html {
    let session = props.session.clone();
    match use_router().route() {
        Route::Account => html! { <Later part={Part::Account(session)} /> },
        _ => html! { <PostsPage {session} /> },
    }
}
