//! Word from the other tabs that the shared record has changed.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};

/// Tells and hears of changes: over a `BroadcastChannel`, and by the `storage` event, which needs no sender. Where the
/// browser lacks the first, the second is enough.
pub(crate) struct Channel {
    // One instance for sending and hearing: a second one would deliver to its own page.
    broadcast: Option<BroadcastChannel>,
    _listeners: Vec<EventListener>,
}

impl Channel {
    /// Opens the channel `name` and watches the stored item `key`. What a message says is not looked at: it may come
    /// from anybody of this origin, and the record is read again anyhow.
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
                // No key: the whole storage was cleared.
                let changed = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
                if changed.is_none_or(|changed| changed == key) {
                    on_change();
                }
            }));
        }
        Self { broadcast, _listeners: listeners }
    }

    /// Tells the other tabs.
    pub(crate) fn post(&self, message: &str) {
        if let Some(channel) = &self.broadcast {
            // A channel that is closed has nobody to tell; they have the storage event.
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
