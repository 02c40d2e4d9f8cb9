//! Notices between tabs that the shared record has changed.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};

/// Sends notices over a `BroadcastChannel`, and receives them from it and from the `storage` event, which the browser
/// sends by itself. Without `BroadcastChannel` the event is enough.
pub(crate) struct Channel {
    // One instance sends and receives. A second one would receive this page's own messages.
    broadcast: Option<BroadcastChannel>,
    _listeners: Vec<EventListener>,
}

impl Channel {
    /// Opens the channel `name` and watches the stored item `key`. The content of a message is ignored, because any page of
    /// this origin can send one: the record is read again instead.
    pub(crate) fn open(name: &str, key: &str, on_change: impl Fn() + Clone + 'static) -> Self {
        let broadcast = BroadcastChannel::new(name).ok();
        let mut listeners = Vec::with_capacity(2);
        if let Some(channel) = &broadcast {
            let on_change = on_change.clone();
            listeners.push(EventListener::new(channel, "message", move |event| {
                if event.dyn_ref::<MessageEvent>().is_some() {
                    on_change();
                }
            }));
        }
        if let Some(window) = web_sys::window() {
            let key = key.to_owned();
            listeners.push(EventListener::new(&window, "storage", move |event| {
                // Without a key, the whole storage was cleared.
                let changed = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
                if changed.is_none_or(|changed| changed == key) {
                    on_change();
                }
            }));
        }
        Self { broadcast, _listeners: listeners }
    }

    /// Sends a notice to the other tabs.
    pub(crate) fn post(&self, message: &str) {
        if let Some(channel) = &self.broadcast {
            // If it fails, the other tabs still get the storage event.
            let _ = channel.post_message(&JsValue::from_str(message));
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.broadcast {
            channel.close();
        }
    }
}
