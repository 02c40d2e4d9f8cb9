//! Keeping the keyboard and the screen reader where the page has changed.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Document, FocusOptions, HtmlElement};
use yew::prelude::*;

use crate::document::document;
use crate::route::Route;

/// Moves the focus to the main heading when another page opens, and when a page was replaced under the focus because
/// the session ended. The first page is left to the browser.
#[hook]
pub fn use_heading_focus(route: Route, is_signed_out: bool) {
    let previous_route = use_mut_ref(|| None);
    use_effect_with((route, is_signed_out), move |(route, _)| {
        let Some(document) = document() else { return };
        let previous = previous_route.borrow_mut().replace(route.clone());
        let is_first = previous.is_none();
        let is_another = previous.as_ref() != Some(route);
        if !is_first && (is_another || focus_is_lost(&document)) {
            focus_heading();
        }
    });
}

/// Moves the focus to the main heading if what had it goes away in this turn.
pub fn catch_lost_focus() {
    let look = || {
        if document().is_some_and(|document| focus_is_lost(&document)) {
            focus_heading();
        }
    };
    Timeout::new(0, look).forget();
}

fn focus_is_lost(document: &Document) -> bool {
    document.active_element().is_none_or(|element| Some(element) == document.body().map(Into::into))
}

/// Moves the focus on to the main heading if it was not there when it was to have it.
pub fn pass_focus_to_heading() {
    let active = document().and_then(|document| document.active_element());
    if active.is_some_and(|element| element.id() == "main") {
        focus_heading();
    }
}

/// Moves the focus to the main heading, or to where it will be. The scroll position stays as it is: Back keeps the
/// place.
pub fn focus_heading() {
    let heading = document().and_then(|document| {
        let find = |selector| document.query_selector(selector).ok().flatten();
        find("main h1, main h2").or_else(|| find("main"))
    });
    let Some(heading) = heading.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    heading.set_tab_index(-1);
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // A heading that cannot take the focus leaves it where it was.
    let _ = heading.focus_with_options(&options);
}
