//! Events of the page: visibility, input and network.

use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Document, VisibilityState, Window};

/// Something that happened to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageEvent {
    /// It became visible, got the focus, or was restored from the back/forward cache.
    Woke,
    /// It was hidden.
    Hidden,
    /// The user has pressed a key or a pointer.
    Input,
    /// The browser reports a network connection.
    Online,
    /// The browser reports no network connection.
    Offline,
}

/// Listens until it is dropped.
#[must_use]
pub(crate) struct PageEvents {
    _listeners: Vec<EventListener>,
}

/// The events of the window. `visibilitychange` is an event of the document.
const WINDOW_EVENTS: [(&str, PageEvent); 6] = [
    ("focus", PageEvent::Woke),
    ("pageshow", PageEvent::Woke),
    ("pointerdown", PageEvent::Input),
    ("keydown", PageEvent::Input),
    ("online", PageEvent::Online),
    ("offline", PageEvent::Offline),
];

impl PageEvents {
    pub(crate) fn listen(on_event: Rc<dyn Fn(PageEvent)>) -> Self {
        let Some((window, document)) = window_and_document() else { return Self { _listeners: Vec::new() } };
        let mut listeners = Vec::with_capacity(WINDOW_EVENTS.len() + 1);
        for (name, event) in WINDOW_EVENTS {
            let on_event = Rc::clone(&on_event);
            listeners.push(EventListener::new(&window, name, move |_| on_event(event)));
        }
        let on_visibility =
            move |_: &web_sys::Event| on_event(if is_visible() { PageEvent::Woke } else { PageEvent::Hidden });
        listeners.push(EventListener::new(&document, "visibilitychange", on_visibility));
        Self { _listeners: listeners }
    }
}

/// Whether the browser only prepares the page, in case somebody opens it.
pub(crate) fn is_prerendering() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let prerendering = document.and_then(|document| Reflect::get(&document, &"prerendering".into()).ok());
    prerendering == Some(JsValue::TRUE)
}

/// Calls `callback` when a page that the browser has prepared is opened, unless this is dropped first.
pub(crate) fn when_opened(callback: impl FnOnce() + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    Some(EventListener::once(&document, "prerenderingchange", move |_| callback()))
}

/// Whether the page is visible.
pub(crate) fn is_visible() -> bool {
    window_and_document().is_none_or(|(_, document)| document.visibility_state() == VisibilityState::Visible)
}

/// Writes to the console, for the developer of the app.
pub(crate) fn warn(text: &str) {
    if cfg!(target_family = "wasm") {
        web_sys::console::warn_1(&text.into());
    }
}

/// What the browser reports about the network. `false` is reliable, `true` is a guess (HTML standard, section 8.10.1.4).
pub(crate) fn is_online() -> bool {
    #[cfg(feature = "faults")]
    if super::faults::is_offline() {
        return false;
    }
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

fn window_and_document() -> Option<(Window, Document)> {
    let window = web_sys::window()?;
    let document = window.document()?;
    Some((window, document))
}
