//! The posts, with what helps to read them.

use std::rc::Rc;

use yew::prelude::*;

use super::chunks::Chunker;
use super::list::use_post_list;
use super::new_posts::{new_posts_button, use_new_posts};
use super::post::Posts;
use super::search::use_post_search;

#[derive(Clone, PartialEq, Properties)]
pub struct PostReaderProps {
    pub posts: Rc<Posts>,
}

/// The search, the number of posts, and those that match.
#[component]
pub fn PostReader(props: &PostReaderProps) -> Html {
    let new = use_new_posts(&props.posts);
    let (query, search) = use_post_search(&new.shown);
    let chunker = use_mut_ref(Chunker::default);
    let mut chunks = chunker.borrow_mut().cut(&new.shown);
    if !query.is_empty() {
        // Cut first: the posts that stay keep their chunk.
        chunks = chunks.iter().filter_map(|chunk| chunk.filter(query.matches())).collect();
    }
    let count = chunks.iter().map(|chunk| chunk.posts.len()).sum();
    let list = use_post_list(&chunks);
    html! {
        <>
            { search }
            <p class="count" role="status">{ count_text(count, new.shown.len()) }</p>
            { new_posts_button(new.waiting, &new.show) }
            { list }
        </>
    }
}

fn count_text(count: usize, all: usize) -> String {
    match (count, all) {
        (0, 0) => "There are no posts yet.".to_owned(),
        (1, 1) => "1 post".to_owned(),
        (count, all) if count == all => format!("{all} posts"),
        (count, all) => format!("{count} of {all} posts"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_posts_is_told() {
        let told = [(0, 0), (1, 1), (0, 1), (7, 7), (1, 7)].map(|(count, all)| count_text(count, all));
        assert_eq!(told, ["There are no posts yet.", "1 post", "0 of 1 posts", "7 posts", "1 of 7 posts"]);
    }
}
