//! The posts, kept current.

use std::time::Duration;

use yew::prelude::*;
use yew_auth::{Connection, RequestError, SessionProps, WithAuth, use_auth, use_poll};

use crate::app::loading::Loading;
use crate::app::notice::notice;
use crate::app::post::Posts;
use crate::app::post_list::PostList;
use crate::app::return_path::use_sign_in_address;
use crate::app::router::use_router;
use crate::app::updated::updated;
use crate::app::words;

const POLL_EVERY: Duration = Duration::from_secs(10);

/// The posts for whoever is signed in, "Access denied" for everybody else.
#[component]
pub fn ProtectedPostsPage() -> Html {
    let router = use_router();
    let address = use_sign_in_address();
    let on_sign_in = Callback::from(move |()| router.open(&address));
    html! {
        <WithAuth<PostsPage> {on_sign_in} loading={html! { <Loading>{ "Looking for your session…" }</Loading> }} />
    }
}

#[component]
fn PostsPage(_props: &SessionProps) -> Html {
    // What keeps the session from being renewed, the frame of the page says already.
    let is_connected = use_auth().connection() == Connection::Good;
    let poll = use_poll::<Posts>("/api/posts/", POLL_EVERY);
    let try_again = {
        let poll = poll.clone();
        Callback::from(move |_: MouseEvent| poll.revalidate())
    };
    html! {
        <>
            <div class="posts-head">
                <h1>{ "Posts" }</h1>
                { updated(poll.updated_at) }
            </div>
            {
                match (&poll.data, &poll.error) {
                    (Some(posts), error) => html! {
                        <>
                            <PostList posts={posts.clone()} />
                            if let Some(error) = error.as_ref().filter(|_| is_connected) {
                                { stale_notice(error, &try_again) }
                            }
                        </>
                    },
                    (None, Some(error)) => html! {
                        <div class="stack">
                            <p class="alert" role="alert">{ words::request(error) }{ " It is tried again by itself." }</p>
                            <button class="button" type="button" onclick={try_again}>{ "Try again" }</button>
                        </div>
                    },
                    (None, None) => html! { <Loading>{ "Loading posts…" }</Loading> },
                }
            }
        </>
    }
}

/// Says that the posts on the page are the last that came.
fn stale_notice(error: &RequestError, try_again: &Callback<MouseEvent>) -> Html {
    notice(html! {
        <>
            <p>{ words::request(error) }{ " These are the last posts that came; it is tried again by itself." }</p>
            <button class="button button-quiet" type="button" onclick={try_again}>{ "Try again" }</button>
        </>
    })
}
