//! Stands where the posts would, while none have come yet.

use yew::prelude::*;
use yew_auth::RequestError;

use super::words;

/// Says why, and offers another try.
pub fn no_posts(error: &RequestError, try_again: &Callback<MouseEvent>) -> Html {
    html! {
        <div class="stack">
            <p class="alert" role="alert">{ words::request(error) }{ " It is tried again by itself." }</p>
            <button class="button" type="button" onclick={try_again}>{ "Try again" }</button>
        </div>
    }
}
