//! A link between the app's pages.

use yew::prelude::*;

use super::route::Route;
use super::router::use_router;

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
    pub class: Option<&'static str>,
    /// What it says.
    pub children: Html,
}

/// A link that changes the page without loading it anew, and says when its page is the open one.
#[component]
pub fn PageLink(props: &PageLinkProps) -> Html {
    let router = use_router();
    let is_open = router.route() == props.to;
    let address = props.address.clone().unwrap_or_else(|| props.to.to_path());
    let onclick = {
        let address = address.clone();
        Callback::from(move |event: MouseEvent| {
            if is_for_this_tab(&event) {
                event.prevent_default();
                router.open(&address);
            }
        })
    };
    html! {
        <a class={props.class} href={address} aria-current={is_open.then_some("page")} {onclick}>
            { props.children.clone() }
        </a>
    }
}

fn is_for_this_tab(event: &MouseEvent) -> bool {
    !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
}
