//! A few things that each have a holder, who takes his away.

use std::cell::{Cell, RefCell};

/// Things by number. There are never so many that a map would be worth its code.
pub(super) struct Slots<T> {
    filled: RefCell<Vec<(u64, T)>>,
    next_key: Cell<u64>,
}

impl<T> Slots<T> {
    /// A number that no other slot has had.
    pub(super) fn reserve(&self) -> u64 {
        self.next_key.replace(self.next_key.get() + 1)
    }

    /// Puts `value` in a slot of its own.
    pub(super) fn add(&self, value: T) -> u64 {
        let key = self.reserve();
        self.filled.borrow_mut().push((key, value));
        key
    }

    /// Puts `value` where `key` is, in place of what is there.
    pub(super) fn put(&self, key: u64, value: T) {
        let replaced = self.remove(key);
        self.filled.borrow_mut().push((key, value));
        drop(replaced);
    }

    pub(super) fn remove(&self, key: u64) -> Option<T> {
        let mut filled = self.filled.borrow_mut();
        let place = filled.iter().position(|(other, _)| *other == key)?;
        Some(filled.remove(place).1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.filled.borrow().is_empty()
    }

    /// Empties all slots.
    pub(super) fn take(&self) -> Vec<(u64, T)> {
        self.filled.take()
    }

    /// What `of` makes of each. Nothing is borrowed any more when this returns.
    pub(super) fn map<R>(&self, of: impl Fn(&T) -> R) -> Vec<R> {
        self.filled.borrow().iter().map(|(_, value)| of(value)).collect()
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { filled: RefCell::default(), next_key: Cell::default() }
    }
}
