//! Yes or no, kept by a component.

use yew::prelude::*;

/// A state that begins as `false`. One hook for all of them: each `use_state` of its own is compiled of its own.
#[hook]
pub fn use_flag() -> UseStateHandle<bool> {
    use_state_eq(|| false)
}
