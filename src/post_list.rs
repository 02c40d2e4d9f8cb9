//! The list of posts.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::held::{hold, use_held};
use crate::post_card::post_card;
use crate::post_parts::PostPart;

/// As many parts are drawn in one go: some screens at first, and then as much as leaves the page responsive.
const PARTS_AT_ONCE: usize = 4;

/// A part with fewer posts is laid out wherever it is: the browser would take it for as high as a whole one.
const SHORT: usize = 8;

/// Posts in parts: where one post changes, comes or goes, the other parts are not even compared with the DOM, and the
/// browser lays out those that are in view.
#[hook]
pub fn use_post_list(parts: &[Rc<PostPart>]) -> Html {
    let drawn = use_drawn(parts.len());
    html! {
        <div class="posts">
            { for parts.iter().take(drawn).map(|part| html! { <Part key={part.key} part={part.clone()} /> }) }
        </div>
    }
}

thread_local! {
    /// It outlives the list: Back finds it as high as it was, and the place in it.
    static DRAWN: Cell<usize> = const { Cell::new(PARTS_AT_ONCE) };
}

/// How many of the parts are drawn by now. Those of a long list follow one another, the page being painted and used in
/// between; once they have all been there, whatever comes is drawn at once.
#[hook]
fn use_drawn(all: usize) -> usize {
    let redraw = use_force_update();
    let drawn = DRAWN.get();
    let next = if drawn >= all { usize::MAX } else { drawn + PARTS_AT_ONCE };
    let is_more = drawn < next;
    let draw_more = move || {
        DRAWN.set(next);
        redraw.force_update();
    };
    use_held(next, Box::new(move || if is_more { hold(Timeout::new(0, draw_more)) } else { None }));
    drawn
}

#[derive(Clone, PartialEq, Properties)]
struct PartProps {
    part: Rc<PostPart>,
}

#[component]
fn Part(props: &PartProps) -> Html {
    let is_short = props.part.posts.len() < SHORT;
    html! {
        <div class="posts-part" data-short={is_short.then_some("")}>
            { for props.part.posts.iter().map(|post| post_card(post)) }
        </div>
    }
}
