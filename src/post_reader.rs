//! The posts, with what helps to read them.

use std::rc::Rc;

use yew::prelude::*;

use crate::later::{Part, if_there, use_later_soon};
use crate::new_posts::use_new_posts;
use crate::post::Posts;
use crate::post_filter::PostFilter;
use crate::post_list::use_post_list;
use crate::post_parts::PostParts;
use crate::value::use_value;

/// Properties of [`PostReader`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostReaderProps {
    /// All there are.
    pub posts: Rc<Posts>,
}

/// The posts that pass the filter, how many they are, and an offer of those that have arrived meanwhile. It is drawn
/// anew when one of these changes, and not with each poll. What is not read comes a moment later, to where it has its place.
#[component]
pub fn PostReader(props: &PostReaderProps) -> Html {
    let new = use_new_posts(&props.posts);
    let filter = use_value(PostFilter::default());
    let cutter = use_mut_ref(PostParts::default);
    let selected = filter.get().select(cutter.borrow_mut().cut(&new.shown));
    let count = count_in_words(selected.iter().map(|part| part.posts.len()).sum(), new.shown.len());
    let find = Callback::from(move |found| filter.set(found));
    use_later_soon(true);
    let list = use_post_list(&selected);
    html! {
        <>
            <div class="post-tools" role="search" aria-label="Posts">
                { if_there(&Part::PostTools(new.shown, find)) }
            </div>
            <p class="count" role="status">{ count }</p>
            // It floats: nothing moves when posts are offered.
            <div class="offer" role="status">{ if_there(&Part::NewPosts(new.waiting, new.show)) }</div>
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
