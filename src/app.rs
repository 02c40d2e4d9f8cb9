//! Routes, pages and look of the example app.

mod callback_failure;
mod connection_notice;
mod countdown;
mod document;
mod field;
mod form;
mod form_errors;
mod header;
mod heading_focus;
mod held;
mod idle_limit;
mod later;
mod layout;
mod loading;
mod modal;
mod new_posts;
mod new_posts_offer;
mod no_posts;
mod notice;
mod outcome;
mod pages;
mod password_form;
mod post;
mod post_card;
mod post_filter;
mod post_list;
mod post_parts;
mod post_reader;
mod post_tools;
mod post_wish;
mod provider_buttons;
mod refresh_word;
mod return_path;
mod route;
mod router;
mod session_end;
mod session_warning;
mod sign_in_again;
mod stale_notice;
mod strips;
mod updated;
mod value;
mod words;

use yew::prelude::*;
use yew_auth::{ApiBase, AuthConfig, AuthProvider, AuthProviderProps};

use document::document;
use layout::Layout;

/// Takes over the shell that `index.html` painted.
pub fn start() {
    // The choice of a theme stays as it was painted: `static/theme.js` listens to it and keeps it.
    let theme = document().and_then(|document| document.query_selector(".theme").ok().flatten());
    let theme = theme.map_or_else(Html::default, |choice| Html::VRef(choice.into()));
    let children = html! { <Layout {theme} /> };
    let app = AuthProviderProps { config: config().with_policy(idle_limit::policy()), children };
    match document().and_then(|document| document.get_element_by_id("app")) {
        Some(shell) => yew::Renderer::<AuthProvider>::with_root_and_props(shell, app).render(),
        None => yew::Renderer::<AuthProvider>::with_props(app).render(),
    };
    router::follow_links();
}

fn config() -> AuthConfig {
    if cfg!(feature = "bearer") { AuthConfig::bearer(ApiBase::same_origin()) } else { AuthConfig::cookie() }
}
