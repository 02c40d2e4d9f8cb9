//! Getting at the second module.

use std::cell::{Cell, RefCell};

use yew::Html;
use yew::functional::UseForceUpdateHandle;

use super::part::Part;

/// Draws any part: the one door into the second module.
pub type Draw = fn(&Part) -> Html;

thread_local! {
    static DRAWER: Cell<Option<Draw>> = const { Cell::new(None) };
    static WAITING: RefCell<Vec<UseForceUpdateHandle>> = const { RefCell::new(Vec::new()) };
}

/// The door, once it is there.
pub fn drawer() -> Option<Draw> {
    DRAWER.get()
}

/// Has a component drawn anew once the door is there.
pub fn tell(waiting: UseForceUpdateHandle) {
    if drawer().is_none() {
        WAITING.with_borrow_mut(|all| all.push(waiting));
    }
}

/// Loads the module unless it is there. Whether it is there then; a failure is not remembered.
pub async fn load() -> bool {
    let found = find().await.ok();
    DRAWER.set(found.or(drawer()));
    if drawer().is_some() {
        WAITING.take().iter().for_each(UseForceUpdateHandle::force_update);
    }
    drawer().is_some()
}

// What only this function reaches is in the second module.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(later, fallible)]
fn find() -> Result<Draw, wasm_split_helpers::SplitLoaderError> {
    Ok(Part::draw)
}

#[cfg(not(feature = "split"))]
async fn find() -> Result<Draw, std::convert::Infallible> {
    Ok(Part::draw)
}
