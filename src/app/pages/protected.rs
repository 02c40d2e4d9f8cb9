//! The door to the pages that are for people who have signed in.

use yew::prelude::*;
use yew_auth::{SessionProps, WithAuth};
use yew_router::hooks::{use_navigator, use_route};

use super::account::AccountPage;
use super::posts::PostsPage;
use crate::app::link::open;
use crate::app::loading::Loading;
use crate::app::return_path::use_sign_in_query;
use crate::app::route::Route;

/// The page of the address for whoever is signed in, "Access denied" for everybody else. One door for all: each
/// `WithAuth` of its own would be compiled of its own.
#[component]
pub fn Protected() -> Html {
    let navigator = use_navigator();
    let query = use_sign_in_query();
    let on_sign_in = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            open(navigator, &Route::SignIn, Some(&query));
        }
    });
    html! {
        <WithAuth<ProtectedPage> {on_sign_in} loading={html! { <Loading>{ "Looking for your session…" }</Loading> }} />
    }
}

#[component]
fn ProtectedPage(props: &SessionProps) -> Html {
    let session = props.session.clone();
    match use_route::<Route>() {
        Some(Route::Account) => html! { <AccountPage {session} /> },
        _ => html! { <PostsPage {session} /> },
    }
}
