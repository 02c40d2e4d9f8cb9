//! The wrapper of the pages that need a session.

use yew::html::BaseComponent;
use yew::prelude::*;
use yew_auth::{Session, SignInAgain, WithAuth};

use super::next::use_next_here;
use crate::lazy::{Lazy, View};
use crate::route::Route;
use crate::ui::{loading, use_open};

/// Shows the page `P` to somebody who is signed in, and "Access denied" to everybody else. When the session ends under
/// the page, a dialog offers to sign in again.
#[component]
pub fn SignedIn<P>() -> Html
where
    P: BaseComponent,
    P::Properties: From<Session>,
{
    let open = use_open();
    let next = use_next_here();
    let on_sign_in = Callback::from(move |()| open.emit((Route::SignIn, next.clone())));
    let sign_in_again = Callback::from(|again: SignInAgain| html! { <Lazy view={View::SignInAgain(again)} /> });
    html! { <WithAuth<P> {on_sign_in} loading={loading("Looking for your session…")} {sign_in_again} /> }
}
