//! The storage that tabs share. A browser may block it, and it may be full.

pub(crate) mod cookies;

use gloo_storage::{LocalStorage, SessionStorage, Storage};

/// The storage cannot be used: it is blocked, or full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StorageBlocked;

/// An item of `localStorage`.
#[derive(Clone, Debug)]
pub(crate) struct SharedItem {
    key: String,
}

impl SharedItem {
    pub(crate) fn new(key: String) -> Self {
        Self { key }
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn read(&self) -> Result<Option<String>, StorageBlocked> {
        local()?.get_item(&self.key).map_err(|_| StorageBlocked)
    }

    pub(crate) fn write(&self, text: &str) -> Result<(), StorageBlocked> {
        local()?.set_item(&self.key, text).map_err(|_| StorageBlocked)
    }

    pub(crate) fn remove(&self) {
        if let Ok(storage) = local() {
            // Storage that refuses to remove an item has also refused to store it.
            let _ = storage.remove_item(&self.key);
        }
    }
}

/// Reads an item of this tab's `sessionStorage`.
pub(crate) fn read_from_tab(key: &str) -> Option<String> {
    tab().ok()?.get_item(key).ok()?
}

/// Reads an item of this tab's `sessionStorage` and removes it, so that it is read only once.
pub(crate) fn take_from_tab(key: &str) -> Option<String> {
    let storage = tab().ok()?;
    let text = storage.get_item(key).ok()??;
    storage.remove_item(key).ok()?;
    Some(text)
}

/// Writes an item to this tab's `sessionStorage`.
pub(crate) fn keep_in_tab(key: &str, text: &str) -> Result<(), StorageBlocked> {
    tab()?.set_item(key, text).map_err(|_| StorageBlocked)
}

/// gloo-storage panics where the browser blocks storage, so the browser is asked first.
fn local() -> Result<web_sys::Storage, StorageBlocked> {
    match web_sys::window().map(|window| window.local_storage()) {
        Some(Ok(Some(_))) => Ok(LocalStorage::raw()),
        _ => Err(StorageBlocked),
    }
}

fn tab() -> Result<web_sys::Storage, StorageBlocked> {
    match web_sys::window().map(|window| window.session_storage()) {
        Some(Ok(Some(_))) => Ok(SessionStorage::raw()),
        _ => Err(StorageBlocked),
    }
}
