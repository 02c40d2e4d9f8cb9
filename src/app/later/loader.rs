//! Getting at the second module.

use std::cell::Cell;

use wasm_split_helpers::SplitLoaderError;
use yew::Html;

use super::part::Part;

/// Draws any part: the one door into the second module.
pub type Draw = fn(&Part) -> Html;

thread_local! {
    static DRAWER: Cell<Option<Draw>> = const { Cell::new(None) };
}

/// The door, once it is there.
pub fn drawer() -> Option<Draw> {
    DRAWER.get()
}

/// Loads the module unless it is there. Whether it is there then; a failure is not remembered.
pub async fn load() -> bool {
    #[cfg(feature = "split")]
    let found = find().await;
    #[cfg(not(feature = "split"))]
    let found = find();
    DRAWER.set(found.ok().or(drawer()));
    drawer().is_some()
}

// What only this function reaches is in the second module.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(later, fallible))]
fn find() -> Result<Draw, SplitLoaderError> {
    Ok(Part::draw)
}
