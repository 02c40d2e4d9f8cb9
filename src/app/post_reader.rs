//! The posts, with what helps to read them.

use std::rc::Rc;

use web_sys::window;
use yew::prelude::*;

use super::heading_focus::focus_heading;
use super::new_posts::use_new_posts;
use super::post::Posts;
use super::post_filter::PostFilter;
use super::post_list::use_post_list;
use super::post_parts::PostParts;
use super::post_tools::post_tools;

/// Properties of [`PostReader`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostReaderProps {
    /// All there are.
    pub posts: Rc<Posts>,
}

/// The posts that pass the filter, how many they are, and an offer of those that have arrived meanwhile. It is drawn
/// anew when one of these changes, and not with each poll.
#[component]
pub fn PostReader(props: &PostReaderProps) -> Html {
    let new = use_new_posts(&props.posts);
    let filter = use_state_eq(PostFilter::default);
    let cutter = use_mut_ref(PostParts::default);
    let selected = filter.select(cutter.borrow_mut().cut(&new.shown));
    let count: usize = selected.iter().map(|part| part.posts.len()).sum();
    let list = use_post_list(&selected);
    html! {
        <>
            { post_tools(&new.shown.authors(), &filter) }
            <p class="count" role="status">{ count_in_words(count, new.shown.len()) }</p>
            { offer(new.waiting, &new.show) }
            { list }
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

/// Announces posts that have arrived. It floats: nothing moves when it comes.
fn offer(waiting: usize, show: &Callback<()>) -> Html {
    let onclick = show.reform(|_: MouseEvent| {
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        // The button is gone with what it offered.
        focus_heading();
    });
    html! {
        <div class="offer" role="status">
            if waiting > 0 {
                <button class="button" type="button" {onclick}>
                    { format!("{waiting} new {} – show", if waiting == 1 { "post" } else { "posts" }) }
                </button>
            }
        </div>
    }
}
