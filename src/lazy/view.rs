//! What the second module holds, as the first one names it.

use yew::prelude::*;
use yew_auth::SignInAgain;

use crate::pages;
use crate::route::Route;
use crate::session::{SessionNotices, SignInAgainDialog};

#[derive(Clone, PartialEq)]
pub enum View {
    /// Every page but the posts.
    Page(Route),
    /// What is said about the session over every page.
    SessionNotices,
    /// The dialog over a page whose session has ended.
    SignInAgain(SignInAgain),
}

impl View {
    pub(super) fn render(&self) -> Html {
        match self.clone() {
            Self::Page(route) => pages::page(route),
            Self::SessionNotices => html! { <SessionNotices /> },
            Self::SignInAgain(again) => html! { <SignInAgainDialog {again} /> },
        }
    }
}
