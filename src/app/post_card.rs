//! One post on the page.

use std::rc::Rc;

use yew::prelude::*;

use super::post::Post;

/// Properties of [`PostCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostCardProps {
    /// The post. Its card is drawn anew only when it has changed.
    pub post: Rc<Post>,
}

/// A post's title, author and text.
#[component]
pub fn PostCard(props: &PostCardProps) -> Html {
    let Post { user_id, title, body, .. } = &*props.post;
    html! {
        <article class="post">
            <h2>{ title.clone() }</h2>
            <p class="post-author">{ format!("by user {user_id}") }</p>
            <p class="post-body">{ body.clone() }</p>
        </article>
    }
}
