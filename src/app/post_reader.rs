//! The posts, with what helps to read them.

use std::rc::Rc;

use web_sys::window;
use yew::prelude::*;

use super::heading_focus::focus_heading;
use super::new_posts::use_new_posts;
use super::post::Posts;
use super::post_filter::PostFilter;
use super::post_list::PostList;
use super::post_parts::PostParts;
use super::post_tools::PostTools;

/// Properties of [`PostReader`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostReaderProps {
    /// All there are.
    pub posts: Rc<Posts>,
}

/// The posts that pass the filter, how many they are, and an offer of those that have arrived meanwhile.
#[component]
pub fn PostReader(props: &PostReaderProps) -> Html {
    let new = use_new_posts(&props.posts);
    let filter = use_state_eq(PostFilter::default);
    let cutter = use_mut_ref(PostParts::default);
    let authors = use_memo(new.shown.clone(), |posts| posts.authors());
    let parts = use_memo(new.shown.clone(), |posts| cutter.borrow_mut().cut(posts));
    let selected = use_memo((parts, (*filter).clone()), |(parts, filter)| filter.select(parts));
    let count: usize = selected.iter().map(|part| part.posts.len()).sum();
    let on_filter = {
        let filter = filter.setter();
        Callback::from(move |wanted| filter.set(wanted))
    };
    html! {
        <>
            <PostTools authors={(*authors).clone()} filter={(*filter).clone()} {on_filter} />
            <p class="count" role="status">{ count_in_words(count, new.shown.len()) }</p>
            <Offer waiting={new.waiting} show={new.show} />
            <PostList parts={selected} />
        </>
    }
}

fn count_in_words(count: usize, all: usize) -> String {
    match (count, all) {
        (0, 0) => "There are no posts yet.".to_owned(),
        (1, 1) => "1 post".to_owned(),
        (count, all) if count == all => format!("{all} posts"),
        (count, all) => format!("{count} of {all} posts"),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OfferProps {
    waiting: usize,
    show: Callback<()>,
}

/// Announces posts that have arrived. It floats: nothing moves when it comes.
#[component]
fn Offer(props: &OfferProps) -> Html {
    let onclick = props.show.reform(|_: MouseEvent| {
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        // The button is gone with what it offered.
        focus_heading();
    });
    html! {
        <div class="offer" role="status">
            if props.waiting > 0 {
                <button class="button" type="button" {onclick}>
                    { format!("{} new {} – show", props.waiting, if props.waiting == 1 { "post" } else { "posts" }) }
                </button>
            }
        </div>
    }
}
