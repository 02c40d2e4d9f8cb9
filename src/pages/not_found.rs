//! An address that is none of the app's.

use yew::prelude::*;

use crate::route::Route;

/// Says so, and leads back.
pub fn not_found_page() -> Html {
    html! {
        <div class="stack">
            <h1>{ "Page not found" }</h1>
            <p class="lead">{ "There is nothing at this address. Perhaps it was mistyped, or the page is gone." }</p>
            <div class="actions">
                <a class="button" href={Route::Home.path()}>{ "Home" }</a>
                <a class="button button-quiet" href={Route::Posts.path()}>{ "Go to the posts" }</a>
            </div>
        </div>
    }
}
