//! Routes, pages and look of the example app.

use yew::prelude::*;
use yew_auth::{AuthConfig, AuthProvider, AuthProviderProps, Origin};

use crate::document::document;
use crate::layout::Layout;

/// Takes over the shell that `index.html` painted.
pub fn start() {
    // The choice of a theme stays as it was painted: `static/theme.js` listens to it and keeps it.
    let theme = document().and_then(|document| document.query_selector(".theme").ok().flatten());
    let theme = theme.map_or_else(Html::default, |choice| Html::VRef(choice.into()));
    let children = html! { <Layout {theme} /> };
    let app = AuthProviderProps { config: config().with_policy(crate::idle_limit::policy()), children };
    match document().and_then(|document| document.get_element_by_id("app")) {
        Some(shell) => yew::Renderer::<AuthProvider>::with_root_and_props(shell, app).render(),
        None => yew::Renderer::<AuthProvider>::with_props(app).render(),
    };
    crate::router::follow_links();
}

fn config() -> AuthConfig {
    if cfg!(feature = "bearer") { AuthConfig::bearer(Origin::same_origin()) } else { AuthConfig::cookie() }
}
