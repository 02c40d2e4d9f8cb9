//! The posts, kept up to date.

use std::time::Duration;

use yew::prelude::*;
use yew_auth::{Connection, SessionProps, use_auth, use_poll};

use crate::lazy::{Lazy, View, use_second_module, use_second_module_when_idle};
use crate::posts::{LoadErrorProps, PostReader, Posts, StaleNoticeProps, use_last_updated, use_refresh};
use crate::ui::loading;

const POLL_INTERVAL: Duration = Duration::from_secs(10);

#[component]
pub fn PostsPage(_props: &SessionProps) -> Html {
    let connection = use_auth().connection();
    let poll = use_poll::<Posts>("/api/posts/", POLL_INTERVAL);
    let last_updated = use_last_updated(poll.updated_at);
    let refresh = use_refresh(&poll);
    // Whoever reads the posts goes to another page next, or is asked to sign in again.
    use_second_module_when_idle(poll.data.is_some() || poll.error.is_some());
    // The layout already says what keeps the session from being refreshed.
    let stale = poll.error.clone().filter(|_| poll.data.is_some() && connection == Connection::Good);
    let second_module = use_second_module(stale.is_some());
    let try_again = refresh.start.clone();
    html! {
        <>
            <div class="posts-head">
                <h1>{ "Posts" }</h1>
                <div class="posts-age">
                    { last_updated }
                    <button class="button button-quiet" type="button" onclick={refresh.start.reform(|_| ())}
                        aria-busy={refresh.is_running.then_some("true")}>{ "Refresh" }</button>
                </div>
            </div>
            <p class="visually-hidden" role="status">if refresh.is_done { { "Up to date." } }</p>
            {
                match (&poll.data, &poll.error) {
                    (Some(posts), _) => html! { <PostReader posts={posts.clone()} /> },
                    (None, Some(error)) => {
                        let view = View::LoadError(LoadErrorProps { error: error.clone(), try_again: try_again.clone() });
                        html! { <Lazy {view} /> }
                    }
                    (None, None) => html! { <>{ loading("Loading posts…") }{ skeleton() }</> },
                }
            }
            { second_module.show(&View::StaleNotice(StaleNoticeProps { error: stale, try_again })) }
        </>
    }
}

/// Placeholders for posts that are loading.
fn skeleton() -> Html {
    let post = html! { <div class="post"><div /><div /><div /></div> };
    html! { <div class="skeleton delayed" aria-hidden="true">{ for std::iter::repeat_n(post, 4) }</div> }
}
