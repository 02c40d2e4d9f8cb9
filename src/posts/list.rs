//! The list of posts.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::chunks::PostChunk;
use super::post::Post;

/// A few screens at first, and then as many as leave the page responsive.
const CHUNKS_AT_ONCE: usize = 4;

/// Chunks with fewer posts are always laid out: the browser would take them to be as high as a whole one.
const SHORT_CHUNK: usize = 8;

/// Posts in chunks. When a post changes, comes or goes, the other chunks are not rendered, and the browser lays out only
/// the chunks in view.
#[hook]
pub fn use_post_list(chunks: &[Rc<PostChunk>]) -> Html {
    let rendered = use_rendered_chunks(chunks.len());
    html! {
        <div class="posts">
            { for chunks.iter().take(rendered).map(|chunk| html! {
                <Chunk key={chunk.key} chunk={chunk.clone()} />
            }) }
        </div>
    }
}

thread_local! {
    /// Outlives the list: Back finds it as high as it was, and so finds its scroll position.
    static RENDERED: Cell<usize> = const { Cell::new(CHUNKS_AT_ONCE) };
}

/// The number of chunks to render. The chunks of a long list follow one another, so that the page can be used in between.
/// Once a whole list has been rendered, every later one is rendered at once.
#[hook]
fn use_rendered_chunks(all: usize) -> usize {
    let rendered = use_state_eq(|| RENDERED.get());
    use_effect_with((*rendered, all), {
        let setter = rendered.setter();
        move |&(rendered, all)| {
            let next = if rendered < all { rendered + CHUNKS_AT_ONCE } else { usize::MAX };
            let render_more = move || {
                RENDERED.set(next);
                setter.set(next);
            };
            let timeout = (rendered < next).then(|| Timeout::new(0, render_more));
            move || drop(timeout)
        }
    });
    *rendered
}

#[derive(Clone, PartialEq, Properties)]
struct ChunkProps {
    chunk: Rc<PostChunk>,
}

#[component]
fn Chunk(props: &ChunkProps) -> Html {
    let posts = &props.chunk.posts;
    html! {
        <div class="posts-chunk" data-short={(posts.len() < SHORT_CHUNK).then_some("")}>
            { for posts.iter().map(|post| article(post)) }
        </div>
    }
}

fn article(post: &Post) -> Html {
    html! {
        <article key={post.id} class="post">
            <h2>{ post.title.clone() }</h2>
            <p class="post-author">{ format!("by user {}", post.user_id) }</p>
            <p class="post-body">{ post.body.clone() }</p>
        </article>
    }
}
