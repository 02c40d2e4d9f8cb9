//! Where in the app the page is, and the way elsewhere.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::{History, Window};
use yew::prelude::*;

use super::route::Route;

/// What the address bar says, without the origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// From the first `/` on.
    pub path: String,
    /// With its `?`, or empty.
    pub query: String,
}

impl Address {
    fn of_page() -> Self {
        let Some(location) = web_sys::window().map(|window| window.location()) else { return Self::default() };
        Self { path: location.pathname().unwrap_or_default(), query: location.search().unwrap_or_default() }
    }
}

/// The page's address. A component that uses it is drawn anew when it changes.
#[derive(Clone, PartialEq)]
pub struct Router {
    address: UseStateHandle<Address>,
}

impl Router {
    /// The page that is open.
    pub fn route(&self) -> Route {
        Route::recognize(&self.address.path)
    }

    /// The address that is open.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Opens another page, at its top.
    pub fn open(&self, address: &str) {
        self.go(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Goes elsewhere in place of the page that is open: Back does not lead here.
    pub fn replace(&self, address: &str) {
        self.go(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
    }

    fn go(&self, change: impl FnOnce(&History) -> Result<(), JsValue>) {
        let history = web_sys::window().and_then(|window: Window| window.history().ok());
        // A browser refuses a change when a page makes hundreds in a row: then the page stays where it is.
        if history.is_some_and(|history| change(&history).is_ok()) {
            self.address.set(Address::of_page());
        }
    }
}

/// Properties of [`RouterProvider`].
#[derive(Clone, PartialEq, Properties)]
pub struct RouterProviderProps {
    /// What may ask for the router.
    pub children: Html,
}

/// Follows the address: links of the app, and Back and Forward of the browser.
#[component]
pub fn RouterProvider(props: &RouterProviderProps) -> Html {
    let address = use_state_eq(Address::of_page);
    {
        let address = address.setter();
        use_effect_with((), move |()| {
            let follow = move |_: &Event| address.set(Address::of_page());
            let listener = web_sys::window().map(|window| EventListener::new(&window, "popstate", follow));
            move || drop(listener)
        });
    }
    html! {
        <ContextProvider<Router> context={Router { address }}>{ props.children.clone() }</ContextProvider<Router>>
    }
}

/// The router of the app.
#[hook]
pub fn use_router() -> Router {
    use_context::<Router>().expect("every component of the app is inside its RouterProvider")
}
