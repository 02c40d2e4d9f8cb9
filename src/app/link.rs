//! A link between the app's pages.

use yew::prelude::*;
use yew_router::hooks::{use_navigator, use_route};
use yew_router::navigator::Navigator;
use yew_router::{AnyRoute, Routable};

use super::route::Route;

/// Properties of [`PageLink`].
#[derive(Clone, PartialEq, Properties)]
pub struct PageLinkProps {
    /// Where it leads.
    pub to: Route,
    /// The page's address, where it has a query.
    #[prop_or_default]
    pub address: Option<String>,
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
    let address = props.address.clone().unwrap_or_else(|| props.to.to_path());
    let onclick = {
        let address = address.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(navigator) = navigator.as_ref().filter(|_| is_for_this_tab(&event)) {
                event.prevent_default();
                open(navigator, &address);
            }
        })
    };
    html! {
        <a class={props.class.clone()} href={address} aria-current={is_open.then_some("page")} {onclick}>
            { props.children.clone() }
        </a>
    }
}

fn is_for_this_tab(event: &MouseEvent) -> bool {
    !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
}

/// Opens another page, at its top.
pub fn open(navigator: &Navigator, address: &str) {
    navigator.push(&AnyRoute::new(address));
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
