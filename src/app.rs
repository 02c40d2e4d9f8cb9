//! The root of the app: router, session, layout and the page of the address.

use std::time::Duration;

use gloo_utils::document;
use yew::prelude::*;
use yew_auth::{AuthConfig, AuthProvider, RefreshPolicy};
use yew_router::prelude::*;
use yew_router::router::ConcreteRouterProps;

use crate::layout::Layout;
use crate::lazy::{Lazy, View};
use crate::pages::PostsPage;
use crate::route::Route;
use crate::session::SignedIn;

/// Replaces the shell that `index.html` painted.
pub fn start() {
    // static/theme.js listens to this element, so it is moved into the app as it is.
    let theme = document().query_selector(".theme").ok().flatten();
    let theme = theme.map_or_else(Html::default, |element| Html::VRef(element.into()));
    let children = html! {
        <AuthProvider config={config()}>
            <Layout {theme}>
                <Switch<Route> render={page} />
            </Layout>
        </AuthProvider>
    };
    let router = ConcreteRouterProps { children, basename: None };
    match document().get_element_by_id("app") {
        Some(shell) => yew::Renderer::<BrowserRouter>::with_root_and_props(shell, router).render(),
        None => yew::Renderer::<BrowserRouter>::with_props(router).render(),
    };
}

/// The posts are in the first module; every other page is in the second.
fn page(route: Route) -> Html {
    match route {
        Route::Posts => html! { <SignedIn<PostsPage> /> },
        route => html! { <Lazy key={route.to_path()} view={View::Page(route.clone())} /> },
    }
}

fn config() -> AuthConfig {
    let mut policy = RefreshPolicy::default();
    policy.idle_limit = idle_limit();
    backend().with_policy(policy)
}

#[cfg(not(feature = "bearer"))]
fn backend() -> AuthConfig {
    AuthConfig::cookie()
}

/// `<meta name="dpop">` in the page binds the tokens to a key.
#[cfg(feature = "bearer")]
fn backend() -> AuthConfig {
    let bearer = yew_auth::transport::Bearer::new(yew_auth::Origin::same_origin());
    let is_bound = matches!(document().query_selector("meta[name=dpop]"), Ok(Some(_)));
    AuthConfig::over(if is_bound { bearer.with_dpop() } else { bearer })
}

/// `<meta name="idle-limit" content="900">` in `index.html` sets a limit in seconds. By default there is none.
fn idle_limit() -> Option<Duration> {
    let meta = document().query_selector("meta[name=idle-limit]").ok()??;
    let secs: u64 = meta.get_attribute("content")?.trim_ascii().parse().ok()?;
    (secs > 0).then_some(Duration::from_secs(secs))
}
