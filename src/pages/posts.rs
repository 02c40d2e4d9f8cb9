//! The posts, kept current.

use std::time::Duration;

use yew::prelude::*;
use yew_auth::{Connection, SessionProps, use_auth, use_poll};

use crate::later::{Later, Part, if_there, use_later_soon};
use crate::loading::loading;
use crate::post::Posts;
use crate::post_reader::PostReader;
use crate::updated::use_updated;

const POLL_EVERY: Duration = Duration::from_secs(10);

/// The posts.
#[component]
pub fn PostsPage(_props: &SessionProps) -> Html {
    // What keeps the session from being renewed, the frame of the page says already.
    let is_connected = use_auth().connection() == Connection::Good;
    let poll = use_poll::<Posts>("/api/posts/", POLL_EVERY);
    use_later_soon(poll.error.is_some());
    let updated = use_updated(poll.updated_at);
    // The button is busy with what it has asked for: the polls that come by themselves do not touch it.
    let asked = use_mut_ref(bool::default);
    let is_busy = *asked.borrow() && poll.is_validating;
    asked.replace(is_busy);
    let refresh = {
        let poll = poll.clone();
        Callback::from(move |_: MouseEvent| {
            asked.replace(true);
            poll.revalidate();
        })
    };
    html! {
        <>
            <div class="posts-head">
                <h1>{ "Posts" }</h1>
                <div class="posts-age">
                    { updated }
                    <button class="button button-quiet" type="button" onclick={refresh.clone()}
                        aria-busy={is_busy.then_some("true")}>{ "Refresh" }</button>
                </div>
            </div>
            {
                match (&poll.data, &poll.error) {
                    (Some(posts), error) => html! {
                        <>
                            <PostReader posts={posts.clone()} />
                            { if_there(&Part::Refreshed { error: error.clone(), is_connected, refresh, is_busy }) }
                        </>
                    },
                    (None, Some(error)) => html! { <Later part={Part::NoPosts(error.clone(), refresh)} /> },
                    (None, None) => html! { <>{ loading("Loading posts…") }{ outline() }</> },
                }
            }
        </>
    }
}

/// The shapes of posts that are still on their way.
fn outline() -> Html {
    let post = html! { <div class="post"><div /><div /><div /></div> };
    html! { <div class="outline belated" aria-hidden="true">{ for std::iter::repeat_n(post, 4) }</div> }
}
