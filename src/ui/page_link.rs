//! Links inside the app.

use gloo_utils::window;
use yew::prelude::*;
use yew_router::prelude::*;
use yew_router::query::Raw;

use crate::route::{Next, Route, query_string};

#[derive(PartialEq, Properties)]
pub struct PageLinkProps {
    pub to: Route,
    /// Where signing in leads, for the pages that sign people in.
    #[prop_or_default]
    pub next: Option<Next>,
    #[prop_or_default]
    pub class: &'static str,
    pub children: Html,
}

/// A link that opens a page without loading the app again. Unlike yew-router's `Link` it names the open page
/// (`aria-current`), shows a page from its top, and adds no second history entry for the open page. A plain `<a>` stays
/// the browser's.
#[component]
pub fn PageLink(props: &PageLinkProps) -> Html {
    let PageLinkProps { to, next, class, children } = props;
    let is_open = use_route::<Route>().as_ref() == Some(to);
    let open = use_open();
    let onclick = {
        let page = (to.clone(), next.clone());
        Callback::from(move |event: MouseEvent| {
            if !event.default_prevented() && !is_for_another_tab(&event) {
                event.prevent_default();
                open.emit(page.clone());
            }
        })
    };
    html! {
        <a class={*class} href={to.address(next.as_ref())} aria-current={is_open.then_some("page")} {onclick}>
            { children.clone() }
        </a>
    }
}

fn is_for_another_tab(event: &MouseEvent) -> bool {
    event.button() != 0 || event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key()
}

/// Opens a page, with where signing in leads.
pub type Open = Callback<(Route, Option<Next>)>;

/// How to open a page from its top.
#[hook]
pub fn use_open() -> Open {
    let navigator = use_navigator();
    let here = use_location();
    let open_route = use_route::<Route>();
    Callback::from(move |(route, next): (Route, Option<Next>)| {
        let query = query_string(next.as_ref());
        let is_open =
            open_route.as_ref() == Some(&route) && here.as_ref().is_some_and(|here| here.query_str() == query);
        if let Some(navigator) = &navigator
            && !is_open
        {
            navigator.push_with_query(&route, Raw(query)).unwrap_or_else(|never| match never {});
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
    })
}
