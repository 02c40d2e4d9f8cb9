//! The list of posts.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::post::Posts;
use super::post_card::post_card;
use super::post_parts::{PostPart, PostParts};

/// As many parts are drawn in one go: some screens at first, and then as much as leaves the page responsive.
const PARTS_AT_ONCE: usize = 4;

/// Properties of [`PostList`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostListProps {
    /// What the list shows.
    pub posts: Rc<Posts>,
}

/// All posts, in parts: where one post changes, comes or goes, the other parts are not even compared with the DOM, and
/// the browser lays out those that are in view.
#[component]
pub fn PostList(props: &PostListProps) -> Html {
    let cutter = use_mut_ref(PostParts::default);
    let parts = use_memo(props.posts.clone(), |posts| cutter.borrow_mut().cut(posts));
    let drawn = use_drawn(parts.len());
    if parts.is_empty() {
        return html! { <p class="lead">{ "There are no posts yet." }</p> };
    }
    html! {
        <div class="posts">
            { for parts.iter().take(drawn).map(|part| html! { <Part key={part.key} part={part.clone()} /> }) }
        </div>
    }
}

/// How many of the parts are drawn by now. Those of a long list follow one another, the page being painted and used in
/// between; once they have all been there, whatever comes is drawn at once.
#[hook]
fn use_drawn(all: usize) -> usize {
    let drawn = use_state(|| PARTS_AT_ONCE);
    let setter = drawn.setter();
    use_effect_with((*drawn, *drawn >= all), move |&(drawn, is_all)| {
        let next = if is_all { usize::MAX } else { drawn + PARTS_AT_ONCE };
        let timer = (drawn < next).then(|| Timeout::new(0, move || setter.set(next)));
        move || drop(timer)
    });
    *drawn
}

#[derive(Clone, PartialEq, Properties)]
struct PartProps {
    part: Rc<PostPart>,
}

#[component]
fn Part(props: &PartProps) -> Html {
    html! {
        <div class="posts-part">
            { for props.part.posts.iter().map(|post| post_card(post)) }
        </div>
    }
}
