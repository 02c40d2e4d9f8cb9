//! The app's pages and their addresses.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use yew_router::prelude::*;
use yew_router::query::ToQuery;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    Home,
    SignIn,
    /// Where the identity provider with this id sends people back to.
    Callback {
        provider: String,
    },
    Register,
    PasswordForgotten,
    PasswordReset,
    Account,
    Posts,
    Session,
    #[default]
    NotFound,
}

/// Written by hand: the derived matcher adds 7 KB to the first module.
impl Routable for Route {
    fn recognize(path: &str) -> Option<Self> {
        Some(match path.strip_suffix('/').unwrap_or(path) {
            "" => Self::Home,
            "/sign-in" => Self::SignIn,
            "/register" => Self::Register,
            "/password/forgotten" => Self::PasswordForgotten,
            "/password/reset" => Self::PasswordReset,
            "/account" => Self::Account,
            "/posts" => Self::Posts,
            "/session" => Self::Session,
            path => match path.strip_prefix("/auth/callback/") {
                Some(provider) if !provider.is_empty() && !provider.contains('/') => {
                    Self::Callback { provider: provider.to_owned() }
                }
                _ => Self::NotFound,
            },
        })
    }

    fn to_path(&self) -> String {
        let path = match self {
            Self::Home => "/",
            Self::SignIn => "/sign-in",
            Self::Callback { provider } => return "/auth/callback/".to_owned() + provider,
            Self::Register => "/register",
            Self::PasswordForgotten => "/password/forgotten",
            Self::PasswordReset => "/password/reset",
            Self::Account => "/account",
            Self::Posts => "/posts",
            Self::Session => "/session",
            Self::NotFound => "/404",
        };
        path.to_owned()
    }

    fn from_path(path: &str, _params: &HashMap<&str, &str>) -> Option<Self> {
        Self::recognize(path)
    }

    fn routes() -> Vec<&'static str> {
        vec![
            "/",
            "/sign-in",
            "/auth/callback/:provider",
            "/register",
            "/password/forgotten",
            "/password/reset",
            "/account",
            "/posts",
            "/session",
            "/404",
        ]
    }

    fn not_found_route() -> Option<Self> {
        Some(Self::NotFound)
    }
}

impl Route {
    /// The title of the page in the browser's tab.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::SignIn | Self::Callback { .. } => "Sign in",
            Self::Register => "Create an account",
            Self::PasswordForgotten => "Forgot password",
            Self::PasswordReset => "New password",
            Self::Account => "Account",
            Self::Posts => "Posts",
            Self::Session => "Your session",
            Self::NotFound => "Page not found",
        }
    }

    /// Whether the page needs a session: without one it shows "Access denied".
    pub fn is_protected(&self) -> bool {
        matches!(self, Self::Posts | Self::Account)
    }

    /// Whether the page is a step of signing in. Nobody returns to one after signing in.
    pub fn is_sign_in_step(&self) -> bool {
        matches!(
            self,
            Self::SignIn | Self::Callback { .. } | Self::Register | Self::PasswordForgotten | Self::PasswordReset
        )
    }

    /// The path and the query of a link to the page.
    pub fn address(&self, next: Option<&Next>) -> String {
        self.to_path() + &query_string(next)
    }

    /// The page and the query of a return address. A step of signing in becomes the home page.
    pub fn of_return_address(address: &str) -> (Self, &str) {
        let before_fragment = address.split('#').next().unwrap_or_default();
        let (path, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
        match Self::recognize(path) {
            Some(route) if !route.is_sign_in_step() => (route, query),
            _ => (Self::Home, ""),
        }
    }
}

/// The query of the pages that sign people in: the address that they go to afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    pub next: String,
}

/// With its `?`, or empty.
pub fn query_string(next: Option<&Next>) -> String {
    // A struct with one text always has a query.
    let query = next.and_then(|next| next.to_query().ok());
    query.map_or_else(String::new, |query| format!("?{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callback(provider: &str) -> Route {
        Route::Callback { provider: provider.to_owned() }
    }

    fn pages() -> [Route; 9] {
        [
            Route::Home,
            Route::SignIn,
            callback("dev"),
            Route::Register,
            Route::PasswordForgotten,
            Route::PasswordReset,
            Route::Account,
            Route::Posts,
            Route::Session,
        ]
    }

    #[test]
    fn each_page_is_found_at_its_own_address() {
        for page in pages() {
            assert_eq!(Route::recognize(&page.to_path()), Some(page));
        }
    }

    #[test]
    fn c4_a_trailing_slash_leads_to_the_same_page() {
        // The path of the home page is the slash.
        for page in pages().into_iter().filter(|page| *page != Route::Home) {
            assert_eq!(Route::recognize(&(page.to_path() + "/")), Some(page));
        }
    }

    #[test]
    fn any_other_address_is_not_found() {
        let callbacks = ["/auth/callback", "/auth/callback/", "/auth/callback//", "/auth/callback/a/b"];
        for path in ["/nowhere", "/postscript", "/posts/1", "/posts//", "//"].iter().chain(&callbacks) {
            assert_eq!(Route::recognize(path), Some(Route::NotFound), "{path:?}");
        }
    }

    #[test]
    fn a_link_to_a_sign_in_page_carries_where_it_leads() {
        let next = Next { next: "/posts?page=2&x=ü".to_owned() };
        assert_eq!(Route::SignIn.address(Some(&next)), "/sign-in?next=%2Fposts%3Fpage%3D2%26x%3D%C3%BC");
        assert_eq!(Route::SignIn.address(None), "/sign-in");
    }

    #[test]
    fn a_return_address_keeps_its_query_and_loses_its_fragment() {
        assert_eq!(Route::of_return_address("/posts?page=2#top"), (Route::Posts, "page=2"));
        assert_eq!(Route::of_return_address("/posts/"), (Route::Posts, ""));
        assert_eq!(Route::of_return_address("/"), (Route::Home, ""));
    }

    #[test]
    fn no_return_address_leads_to_a_step_of_signing_in() {
        for address in ["/sign-in?next=%2Fposts", "/auth/callback/dev?code=x", "/register/", "/password/reset"] {
            assert_eq!(Route::of_return_address(address), (Route::Home, ""), "{address}");
        }
    }
}
