//! Says that the posts on the page are the last that came.

use yew::prelude::*;
use yew_auth::RequestError;

use crate::notice::notice;
use crate::words;

/// Comes and goes by itself, as the polls succeed and fail.
pub fn stale_notice(error: Option<&RequestError>, try_again: &Callback<MouseEvent>) -> Html {
    notice(error.map(|error| {
        html! {
            <>
                <p>{ words::request(error) }{ " These are the last posts that came. The app tries again by itself." }</p>
                <button class="button button-quiet" type="button" onclick={try_again}>{ "Try again" }</button>
            </>
        }
    }))
}
