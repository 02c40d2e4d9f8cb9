//! What is polled, by whom it is seen and where it comes from.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use super::driver::Driver;
use super::poll_entry::PollEntry;

/// One entry for each thing that is polled: components that want the same share one request.
#[derive(Default)]
pub(super) struct PollCache {
    entries: RefCell<Vec<(Key, Rc<dyn Any>)>>,
}

#[derive(PartialEq, Eq)]
struct Key {
    user: Option<String>,
    path: String,
    data: TypeId,
}

impl PollCache {
    /// The entry of a path, as this user sees it. Nothing that another user saw is kept.
    pub(super) fn entry<T>(&self, driver: &Rc<Driver>, user: Option<&str>, path: &str) -> Rc<PollEntry<T>>
    where
        T: DeserializeOwned + PartialEq + 'static,
    {
        let key = Key { user: user.map(str::to_owned), path: path.to_owned(), data: TypeId::of::<T>() };
        let mut entries = self.entries.borrow_mut();
        entries.retain(|(kept, _)| kept.user == key.user);
        let known = entries.iter().find(|(kept, _)| *kept == key);
        // The type is part of the key.
        if let Some(entry) = known.and_then(|(_, entry)| Rc::clone(entry).downcast().ok()) {
            return entry;
        }
        let entry = PollEntry::<T>::new(driver, user, path);
        entries.push((key, entry.clone()));
        entry
    }
}
