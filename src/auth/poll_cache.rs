//! What is polled, by whom it is seen and where it comes from.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use super::driver::Driver;
use super::poll_entry::PollEntry;

/// One entry for each thing that is polled: components that want the same share one request.
#[derive(Default)]
pub(super) struct PollCache {
    entries: RefCell<HashMap<Key, Rc<dyn Any>>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
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
        entries.retain(|kept, _| kept.user == key.user);
        let entry = entries.entry(key).or_insert_with(|| PollEntry::<T>::new(driver, user, path));
        match Rc::clone(entry).downcast() {
            Ok(entry) => entry,
            // The type is part of the key.
            Err(_) => PollEntry::new(driver, user, path),
        }
    }
}
