//! The page's life: seen, hidden, woken, on and off the network.

use gloo_events::EventListener;
use web_sys::{Document, VisibilityState, Window};

/// Something that happened to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageEvent {
    /// It became visible, got the focus, or came back from the back/forward cache.
    Woke,
    /// It was hidden.
    Hidden,
    /// Somebody has typed or tapped.
    Input,
    /// The network is said to be there.
    Online,
    /// The network is said to be gone.
    Offline,
}

/// Listens until it is dropped.
#[must_use]
pub(crate) struct PageEvents {
    _listeners: Vec<EventListener>,
}

impl PageEvents {
    pub(crate) fn listen(on_event: impl Fn(PageEvent) + Clone + 'static) -> Self {
        let Some((window, document)) = window_and_document() else { return Self { _listeners: Vec::new() } };
        let tell = |event: PageEvent| {
            let on_event = on_event.clone();
            move |_: &web_sys::Event| on_event(event)
        };
        let on_visibility = {
            let on_event = on_event.clone();
            move |_: &web_sys::Event| on_event(if is_visible() { PageEvent::Woke } else { PageEvent::Hidden })
        };
        Self {
            _listeners: vec![
                EventListener::new(&document, "visibilitychange", on_visibility),
                EventListener::new(&window, "focus", tell(PageEvent::Woke)),
                EventListener::new(&window, "pageshow", tell(PageEvent::Woke)),
                EventListener::new(&window, "pointerdown", tell(PageEvent::Input)),
                EventListener::new(&window, "keydown", tell(PageEvent::Input)),
                EventListener::new(&window, "online", tell(PageEvent::Online)),
                EventListener::new(&window, "offline", tell(PageEvent::Offline)),
            ],
        }
    }
}

/// Whether anybody may be looking at the page.
pub(crate) fn is_visible() -> bool {
    window_and_document().is_none_or(|(_, document)| document.visibility_state() == VisibilityState::Visible)
}

/// What the browser says of the network. `false` is certain, `true` is a guess (HTML, 8.10.1.4).
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
