//! What a component holds while it is on the page.

use std::any::Any;

use yew::prelude::*;

/// A listener, a timer: something that ends when it is dropped.
pub type Held = Option<Box<dyn Any>>;

/// Holds what `take` makes for as long as `of` stays the same, and no longer than the component. One hook for all of
/// them: each `use_effect_with` of its own is compiled of its own.
#[hook]
pub fn use_held<D: PartialEq + 'static>(of: D, take: Box<dyn FnOnce() -> Held>) {
    use_memo(of, |_| take());
}

/// What is to be held.
pub fn hold(what: impl Any) -> Held {
    Some(Box::new(what))
}
