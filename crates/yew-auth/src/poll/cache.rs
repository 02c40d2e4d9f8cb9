//! Finds the entry of a path.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::{Rc, Weak};

use serde::de::DeserializeOwned;

use super::entry::PollEntry;
use crate::driver::Driver;

/// One entry for each user, path and type of data, so that components that ask for the same share one request.
///
/// Entries belong to the components that use them. An unused entry keeps itself for a while: see [`PollEntry`].
#[derive(Default)]
pub(crate) struct PollCache {
    entries: RefCell<Vec<(Key, Weak<dyn Any>)>>,
}

#[derive(PartialEq, Eq)]
struct Key {
    user: Option<String>,
    path: String,
    data: TypeId,
}

impl PollCache {
    /// The entry of a path for this user.
    pub(crate) fn entry<T>(&self, driver: &Rc<Driver>, user: Option<&str>, path: &str) -> Rc<PollEntry<T>>
    where
        T: DeserializeOwned + PartialEq + 'static,
    {
        let key = Key { user: user.map(str::to_owned), path: path.to_owned(), data: TypeId::of::<T>() };
        let mut entries = self.entries.borrow_mut();
        entries.retain(|(_, entry)| entry.strong_count() > 0);
        let known = entries.iter().find(|(known, _)| *known == key).and_then(|(_, entry)| entry.upgrade());
        // The type is part of the key, so the downcast succeeds.
        if let Some(entry) = known.and_then(|entry| entry.downcast().ok()) {
            return entry;
        }
        let entry = PollEntry::<T>::new(driver, user, path);
        let shared: Rc<dyn Any> = entry.clone();
        entries.push((key, Rc::downgrade(&shared)));
        entry
    }
}
