//! A link between the app's pages.

use yew::prelude::*;
use yew_router::Routable;
use yew_router::hooks::{use_navigator, use_route};
use yew_router::navigator::Navigator;
use yew_router::query::ToQuery;

use super::return_path::SignInQuery;
use super::route::Route;

/// Properties of [`PageLink`].
#[derive(Clone, PartialEq, Properties)]
pub struct PageLinkProps {
    /// Where it leads.
    pub to: Route,
    /// For a link to the sign-in page: where that leads then.
    #[prop_or_default]
    pub query: Option<SignInQuery>,
    /// Classes of the anchor.
    #[prop_or_default]
    pub class: Classes,
    /// What it says.
    pub children: Html,
}

/// A link that changes the page without loading it anew, and says when its page is the open one.
#[component]
pub fn PageLink(props: &PageLinkProps) -> Html {
    let navigator = use_navigator();
    let is_open = use_route::<Route>().as_ref() == Some(&props.to);
    let onclick = {
        let (to, query) = (props.to.clone(), props.query.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(navigator) = navigator.as_ref().filter(|_| is_for_this_tab(&event)) {
                event.prevent_default();
                open(navigator, &to, query.as_ref());
            }
        })
    };
    html! {
        <a class={props.class.clone()} href={href(props)} aria-current={is_open.then_some("page")} {onclick}>
            { props.children.clone() }
        </a>
    }
}

fn href(props: &PageLinkProps) -> String {
    let path = props.to.to_path();
    match props.query.as_ref().and_then(|query| query.to_query().ok()) {
        Some(query) => format!("{path}?{query}"),
        None => path,
    }
}

fn is_for_this_tab(event: &MouseEvent) -> bool {
    !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
}

/// Opens another page, at its top. A query that cannot be written costs the way back, not the way there.
pub fn open(navigator: &Navigator, to: &Route, query: Option<&SignInQuery>) {
    let is_open = query.is_some_and(|query| navigator.push_with_query(to, query).is_ok());
    if !is_open {
        navigator.push(to);
    }
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
