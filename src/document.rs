//! The page's document.

use web_sys::Document;

/// The document, which every page has; the type system does not know it.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}
