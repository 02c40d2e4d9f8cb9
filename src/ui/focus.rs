//! The keyboard focus, which screen readers follow, where the page has changed.

use gloo_timers::callback::Timeout;
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};
use yew::prelude::*;

use crate::route::Route;

/// Moves the focus to the main heading when another page opens, and when the end of the session took the focused element
/// away. On the first page the focus is the browser's.
#[hook]
pub fn use_heading_focus(route: Route, is_signed_out: bool) {
    let previous_route = use_mut_ref(|| None);
    use_effect_with((route, is_signed_out), move |(route, _)| {
        let previous = previous_route.borrow_mut().replace(route.clone());
        let is_another = previous.as_ref() != Some(route);
        if previous.is_some() && (is_another || is_focus_lost()) {
            focus_heading();
        }
    });
}

/// Moves the focus to the main heading if the focused element goes away with the next rendering, or if `<main>` has it
/// because there was no heading.
pub fn catch_lost_focus() {
    let catch = || {
        if is_focus_lost() {
            focus_heading();
        } else {
            pass_focus_to_heading();
        }
    };
    Timeout::new(0, catch).forget();
}

fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|element| Some(element) == document().body().map(Into::into))
}

/// Moves the focus on from `<main>`, where [`focus_heading`] left it while there was no heading yet.
pub fn pass_focus_to_heading() {
    if document().active_element().is_some_and(|element| element.id() == "main") {
        focus_heading();
    }
}

/// Moves the focus to the main heading, or to `<main>` while there is none.
pub fn focus_heading() {
    let find = |selector| document().query_selector(selector).ok().flatten();
    let heading = find("main h1, main h2").or_else(|| find("main"));
    if let Some(heading) = heading.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        heading.set_tab_index(-1);
        focus_in_place(&heading);
    }
}

/// Focuses an element without scrolling to it: Back keeps its scroll position.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot take the focus leaves it where it was.
    let _ = element.focus_with_options(&options);
}
