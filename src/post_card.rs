//! One post on the page.

use yew::prelude::*;

use crate::post::Post;

/// A post's title, author and text.
pub fn post_card(post: &Post) -> Html {
    let Post { id, user_id, title, body } = post;
    html! {
        <article key={*id} class="post">
            <h2>{ title.clone() }</h2>
            <p class="post-author">{ format!("by user {user_id}") }</p>
            <p class="post-body">{ body.clone() }</p>
        </article>
    }
}
