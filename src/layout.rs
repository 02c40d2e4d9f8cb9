//! The frame around every page.

use yew::prelude::*;
use yew_auth::{Connection, SessionState, UseAuthHandle, use_auth};

use crate::document::document;
use crate::header::header;
use crate::heading_focus::use_heading_focus;
use crate::later::{Later, Part, if_there, use_later_soon};
use crate::pages::protected;
use crate::route::Route;
use crate::router::{Address, use_address};

/// Properties of [`Layout`].
#[derive(Clone, PartialEq, Properties)]
pub struct LayoutProps {
    /// The choice of a theme.
    pub theme: Html,
}

/// Header, page and notices.
#[component]
pub fn Layout(props: &LayoutProps) -> Html {
    let auth = use_auth();
    let here = use_address();
    let route = here.route();
    let is_signed_out = matches!(auth.state(), SessionState::Unauthenticated(_));
    let title = match auth.state() {
        SessionState::Unauthenticated(reason) if route.is_protected() && reason.is_involuntary() => "Sign in to go on",
        SessionState::Unauthenticated(_) if route.is_protected() => "Access denied",
        _ => route.title(),
    };
    use_memo(title, |title| set_title(title));
    // A stranger goes to sign in next; what stands in the session's way is said by a notice.
    let is_denied = is_signed_out && route.is_protected();
    use_later_soon(is_denied || auth.connection() != Connection::Good);
    use_heading_focus(route.clone(), is_signed_out);
    html! {
        <>
            <a class="skip-link" href="#main">{ "Skip to content" }</a>
            { header(&auth, &here, props.theme.clone()) }
            <main class="column main" id="main" tabindex="-1">
                <div role="status">{ if_there(&Part::Strips(auth.clone(), route.clone())) }</div>
                { page(route, &auth, &here) }
            </main>
            { if_there(&Part::Notices(auth.clone())) }
        </>
    }
}

fn page(route: Route, auth: &UseAuthHandle, here: &Address) -> Html {
    match route {
        Route::Account | Route::Posts => protected(auth.clone(), here.to_text()),
        route => {
            // One that could not be loaded is not to stand in the place of the next.
            let key = route.title();
            html! { <Later {key} part={Part::Page(route)} /> }
        }
    }
}

fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(&(title.to_owned() + " · yew-auth"));
    }
}
