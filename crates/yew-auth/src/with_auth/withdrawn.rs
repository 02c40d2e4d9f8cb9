//! Takes a kept page out of the document, and puts it back as it was.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, FocusOptions, HtmlElement};
use yew::prelude::*;

/// The elements around a page that can be kept. Yew inserts nothing beside `page`, so it may leave `place`.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Frame {
    /// Stays in the document.
    pub(super) place: NodeRef,
    /// Leaves the document while the page is kept.
    pub(super) page: NodeRef,
}

/// The frame of a page, which is out of the document for as long as `is_kept`.
#[hook]
pub(super) fn use_withdrawn(is_kept: bool) -> Frame {
    let (place, page) = (use_node_ref(), use_node_ref());
    let frame = Frame { place, page };
    let withdrawn = use_mut_ref(|| None::<Withdrawn>);
    if !is_kept {
        // Not in an effect: a dialog that goes with this rendering may look for a place for the focus in the page.
        withdrawn.take();
    }
    // Read before a dialog takes the focus.
    let focused = use_memo(is_kept, |_| focused());
    use_effect_with((frame.clone(), is_kept), move |(frame, is_kept)| {
        let focused = is_kept.then(|| focused.as_ref().clone().filter(|element| frame.contains(element))).flatten();
        withdrawn.replace(is_kept.then(|| Withdrawn::from(frame)).flatten());
        // In an effect: nothing outside an open dialog can take the focus.
        move || focus(focused.as_ref())
    });
    frame
}

impl Frame {
    fn contains(&self, element: &HtmlElement) -> bool {
        self.page.cast::<Element>().is_some_and(|page| page.contains(Some(element)))
    }
}

/// A page that is out of the document until this is dropped.
struct Withdrawn {
    place: HtmlElement,
    page: HtmlElement,
    /// What an element forgets that leaves the document.
    scrolled: Vec<(Element, i32, i32)>,
}

impl Withdrawn {
    fn from(frame: &Frame) -> Option<Self> {
        let (place, page) = (frame.place.cast::<HtmlElement>()?, frame.page.cast::<HtmlElement>()?);
        let height = place.get_bounding_client_rect().height();
        // Set by script: a content security policy without 'unsafe-inline' blocks the attribute. No browser refuses it.
        let _ = place.style().set_property("min-height", &format!("{height}px"));
        let scrolled = scrolled(&page);
        page.remove();
        Some(Self { place, page, scrolled })
    }
}

impl Drop for Withdrawn {
    fn drop(&mut self) {
        // Neither can fail: the place has had this child, and an element may lack the attribute.
        let _ = self.place.append_child(&self.page);
        let _ = self.place.remove_attribute("style");
        for (element, top, left) in &self.scrolled {
            element.set_scroll_top(*top);
            element.set_scroll_left(*left);
        }
    }
}

fn focus(element: Option<&HtmlElement>) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot take the focus leaves it where it was.
    let _ = element.map(|element| element.focus_with_options(&options));
}

fn scrolled(page: &Element) -> Vec<(Element, i32, i32)> {
    let elements = page.get_elements_by_tag_name("*");
    (0..elements.length())
        .filter_map(|index| elements.item(index))
        .map(|element| (element.scroll_top(), element.scroll_left(), element))
        .filter(|(top, left, _)| (*top, *left) != (0, 0))
        .map(|(top, left, element)| (element, top, left))
        .collect()
}

fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
