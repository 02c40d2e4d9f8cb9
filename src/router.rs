//! Where in the app the page is, and the way elsewhere.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, History, window};
use yew::prelude::*;

use crate::document::document;
use crate::held::{hold, use_held};
use crate::route::Route;

/// Where the browser says that the address has changed, by Back and Forward. The app says it the same way.
const CHANGED: &str = "popstate";

/// What the address bar says, without the origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// From the first `/` on.
    pub path: String,
    /// With its `?`, or empty.
    pub query: String,
}

impl Address {
    /// Of the page as it is now.
    pub fn of_page() -> Self {
        let Some(location) = window().map(|window| window.location()) else { return Self::default() };
        Self { path: location.pathname().unwrap_or_default(), query: location.search().unwrap_or_default() }
    }

    /// The page that is open.
    pub fn route(&self) -> Route {
        Route::recognize(&self.path)
    }

    /// All of it, for a step on the way in to lead back to.
    pub fn to_text(&self) -> String {
        self.path.clone() + &self.query
    }
}

/// The address of the page. A component that uses it is drawn anew when it changes.
#[hook]
pub fn use_address() -> Address {
    let redraw = use_force_update();
    let follow = move |_: &Event| redraw.force_update();
    use_held((), Box::new(move || hold(EventListener::new(window()?.as_ref(), CHANGED, follow))));
    Address::of_page()
}

/// Opens a page, at its top. The one that is open already gets no second place in the history: Back leads away from it.
pub fn open(address: &str) {
    if address == Address::of_page().to_text() {
        replace(address);
    } else {
        go(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
    }
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Goes elsewhere in place of the page that is open: Back does not lead here.
pub fn replace(address: &str) {
    go(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
}

fn go(change: impl FnOnce(&History) -> Result<(), JsValue>) {
    let Some(window) = window() else { return };
    // A browser refuses a change when a page makes hundreds in a row: then the page stays where it is.
    if window.history().is_ok_and(|history| change(&history).is_ok())
        && let Ok(event) = Event::new(CHANGED)
    {
        // Nobody can cancel it.
        let _ = window.dispatch_event(&event);
    }
}

/// Has the links to the app's pages change the page without loading it anew, for as long as the app runs.
pub fn follow_links() {
    let Some(document) = document() else { return };
    let options = EventListenerOptions::enable_prevent_default();
    let follow = |event: &Event| {
        if let Some(address) = event.dyn_ref::<MouseEvent>().and_then(address_of_link) {
            event.prevent_default();
            open(&address);
        }
    };
    EventListener::new_with_options(&document, "click", options, follow).forget();
}

/// Where a click leads, if it was on one of the app's links and is for this tab.
fn address_of_link(event: &MouseEvent) -> Option<String> {
    let is_for_another = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    let clicked = event.target().filter(|_| !is_for_another)?.dyn_into::<Element>().ok()?;
    clicked.closest("a[href^='/']").ok()??.get_attribute("href")
}
