//! The keyboard focus, which screen readers follow, where the page has changed.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use gloo_utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, HtmlElement};
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

/// Keeps what the keyboard leads to above the notices at the foot of the window. Firefox ignores `scroll-padding` for an
/// element that is already in sight in part, and WebKit for a field.
#[hook]
pub fn use_focus_above_notices() {
    use_effect_with((), |()| {
        let listener = EventListener::new(&document(), "focusin", lift_above_notices);
        move || drop(listener)
    });
}

/// In CSS pixels: enough for the ring around what has the focus.
const SPACE_ABOVE_NOTICES: f64 = 8.0;

fn lift_above_notices(event: &Event) {
    const BY_KEYBOARD: &str = "#main :focus-visible:not([tabindex='-1'], dialog *)";
    let focused = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let focused = focused.filter(|element| element.matches(BY_KEYBOARD).unwrap_or(false));
    let Some((focused, notices)) = focused.zip(document().get_element_by_id("notices")) else { return };
    let covered = focused.get_bounding_client_rect().bottom() - notices.get_bounding_client_rect().top();
    if covered > 0.0 {
        window().scroll_by_with_x_and_y(0.0, covered + SPACE_ABOVE_NOTICES);
    }
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
