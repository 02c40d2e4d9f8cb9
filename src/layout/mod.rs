//! The frame around every page.

mod header;

use gloo_utils::document;
use yew::prelude::*;
use yew_auth::{Connection, Persistence, SessionState, use_auth};
use yew_router::prelude::*;

use self::header::header;
use crate::lazy::{View, use_second_module};
use crate::route::Route;
use crate::session::use_next_here;
use crate::ui::focus::use_heading_focus;
use crate::ui::use_open;

#[derive(PartialEq, Properties)]
pub struct LayoutProps {
    pub theme: Html,
    pub children: Html,
}

#[component]
pub fn Layout(props: &LayoutProps) -> Html {
    let auth = use_auth();
    let route = use_route::<Route>().unwrap_or_default();
    let (next, open) = (use_next_here(), use_open());
    let title = title(&route, auth.state());
    use_effect_with(title, |title| document().set_title(&format!("{title} · yew-auth")));
    let is_signed_out = matches!(auth.state(), SessionState::Unauthenticated(_));
    use_heading_focus(route.clone(), is_signed_out);
    // Signing in, and what is said about the session, are in the second module.
    let is_denied = is_signed_out && route.is_protected();
    let is_impaired = auth.connection() != Connection::Good || auth.persistence() == Persistence::MemoryOnly;
    let second_module = use_second_module(is_denied || is_impaired);
    html! {
        <>
            <a class="skip-link" href="#main">{ "Skip to content" }</a>
            { header(&auth, &route, next, open, props.theme.clone()) }
            <main class="column main" id="main" tabindex="-1">
                // A live region that appears together with its text is not announced by every screen reader.
                <div role="status">{ second_module.show(&View::SessionBanners(route)) }</div>
                { props.children.clone() }
            </main>
            { second_module.show(&View::SessionNotices) }
        </>
    }
}

fn title(route: &Route, state: &SessionState) -> &'static str {
    match state {
        SessionState::Unauthenticated(reason) if route.is_protected() && reason.is_involuntary() => "Sign in to go on",
        SessionState::Unauthenticated(_) if route.is_protected() => "Access denied",
        _ => route.title(),
    }
}
