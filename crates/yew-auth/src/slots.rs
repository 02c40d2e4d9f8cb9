//! A small collection whose values are removed by key.

use std::cell::{Cell, RefCell};

/// Values by key, in the order in which they were added. A method never keeps its borrow while it runs foreign code.
pub(crate) struct Slots<T> {
    filled: RefCell<Vec<(u64, T)>>,
    next_key: Cell<u64>,
}

impl<T> Slots<T> {
    /// A key that no other value has had.
    pub(crate) fn reserve(&self) -> u64 {
        self.next_key.replace(self.next_key.get() + 1)
    }

    /// Adds `value` and returns its key.
    pub(crate) fn add(&self, value: T) -> u64 {
        let key = self.reserve();
        self.filled.borrow_mut().push((key, value));
        key
    }

    /// Sets the value of `key`.
    pub(crate) fn put(&self, key: u64, value: T) {
        let replaced = self.remove(key);
        self.filled.borrow_mut().push((key, value));
        drop(replaced);
    }

    pub(crate) fn remove(&self, key: u64) -> Option<T> {
        let mut filled = self.filled.borrow_mut();
        let place = filled.iter().position(|(other, _)| *other == key)?;
        Some(filled.remove(place).1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.filled.borrow().is_empty()
    }

    /// Removes all values.
    pub(crate) fn take(&self) -> Vec<(u64, T)> {
        self.filled.take()
    }

    /// Maps each value.
    pub(crate) fn map<R>(&self, of: impl Fn(&T) -> R) -> Vec<R> {
        self.filled.borrow().iter().map(|(_, value)| of(value)).collect()
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { filled: RefCell::default(), next_key: Cell::default() }
    }
}
