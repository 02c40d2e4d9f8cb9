//! What a component remembers.

use std::cell::RefCell;
use std::rc::Rc;

use yew::functional::UseForceUpdateHandle;
use yew::prelude::*;

/// A value of a component, which is drawn anew when it changes.
#[derive(Clone)]
pub struct Value<T> {
    value: Rc<RefCell<T>>,
    redraw: UseForceUpdateHandle,
}

impl<T: Clone + PartialEq> Value<T> {
    /// As it is now.
    pub fn get(&self) -> T {
        self.value.borrow().clone()
    }

    /// Changes it.
    pub fn set(&self, value: T) {
        if *self.value.borrow() != value {
            self.value.replace(value);
            self.redraw.force_update();
        }
    }
}

/// As `use_state_eq`, but not made of a reducer: in the first module each byte counts.
#[hook]
pub fn use_value<T: 'static>(initial: T) -> Value<T> {
    let value = use_mut_ref(|| initial);
    Value { value, redraw: use_force_update() }
}
