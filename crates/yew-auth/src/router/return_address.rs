//! A return path as a route, and as a query parameter.

use serde::{Deserialize, Serialize};
use yew_router::history::Location;
use yew_router::navigator::Navigator;
use yew_router::query::Raw;
use yew_router::{AnyRoute, Routable};

use crate::return_path::ReturnPath;

/// The query of a sign-in page: `?next=` and the page to return to.
///
/// Pass it on to pages that belong to the sign-in, such as a registration.
///
/// # Example
///
/// ```
/// use yew::prelude::*;
/// use yew_auth::{ReturnQuery, use_return_path};
/// use yew_router::prelude::*;
///
/// #[derive(Clone, PartialEq, Routable)]
/// enum Route {
///     #[at("/register")]
///     Register,
/// }
///
/// #[component]
/// fn SignIn() -> Html {
///     let query = ReturnQuery::from(use_return_path());
///     html! { <Link<Route, ReturnQuery> to={Route::Register} query={query}>{ "Register" }</Link<Route, ReturnQuery>> }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReturnQuery {
    /// The page to return to.
    #[serde(default)]
    pub next: ReturnPath,
}

impl From<ReturnPath> for ReturnQuery {
    fn from(next: ReturnPath) -> Self {
        Self { next }
    }
}

/// Routes. Behind the feature `router`.
impl ReturnPath {
    /// The path of a route.
    ///
    /// # Example
    ///
    /// ```
    /// use yew_auth::ReturnPath;
    /// use yew_router::Routable;
    ///
    /// #[derive(Clone, Debug, PartialEq, Routable)]
    /// enum Route {
    ///     #[at("/")]
    ///     Home,
    ///     #[at("/posts/:id")]
    ///     Post { id: u32 },
    /// }
    ///
    /// let path = ReturnPath::from_route(&Route::Post { id: 7 });
    /// assert_eq!(path.as_str(), "/posts/7");
    /// assert_eq!(path.route(), Some(Route::Post { id: 7 }));
    /// ```
    #[must_use]
    pub fn from_route(route: &impl Routable) -> Self {
        Self::new(&route.to_path())
    }

    /// The page that `location` is, with its query, without the basename of the router.
    pub(super) fn from_location(location: &Location, navigator: &Navigator) -> Self {
        let path = location.path();
        let basename = navigator.basename().unwrap_or_default();
        let path = path.strip_prefix(basename).filter(|path| path.starts_with('/')).unwrap_or(path);
        Self::new(&format!("{path}{}", location.query_str()))
    }

    /// The route of the path, if the app has one.
    #[must_use]
    pub fn route<R: Routable>(&self) -> Option<R> {
        R::recognize(self.path_and_query().0)
    }

    /// Opens the page in place of the one that is open, so that Back does not lead to the sign-in again.
    pub fn replace_page(&self, navigator: &Navigator) {
        let (path, query) = self.path_and_query();
        let route = AnyRoute::new(path);
        if query.is_empty() {
            navigator.replace(&route);
        } else {
            // The query is text already, so encoding it cannot fail.
            let Ok(()) = navigator.replace_with_query(&route, Raw(query));
        }
    }

    /// The fragment is left out: yew-router has no routes with one.
    pub(super) fn path_and_query(&self) -> (&str, &str) {
        let before_fragment = self.as_str().split('#').next().unwrap_or_default();
        before_fragment.split_once('?').unwrap_or((before_fragment, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Routable)]
    enum Route {
        #[at("/")]
        Home,
        #[at("/posts/:id")]
        Post { id: u32 },
    }

    #[test]
    fn a_route_is_its_path_and_back() {
        for route in [Route::Home, Route::Post { id: 7 }] {
            assert_eq!(ReturnPath::from_route(&route).route(), Some(route));
        }
        assert_eq!(ReturnPath::new("/posts/7?page=2#top").route(), Some(Route::Post { id: 7 }));
        assert_eq!(ReturnPath::new("/elsewhere").route::<Route>(), None);
    }

    #[test]
    fn o10_a_route_that_leads_to_another_origin_is_the_root() {
        let evil = AnyRoute::new("//evil.example");
        assert_eq!(ReturnPath::from_route(&evil), ReturnPath::default());
    }
}
