//! An address that is none of the app's.

use yew::prelude::*;

use crate::app::link::PageLink;
use crate::app::route::Route;

/// Says so, and leads back.
pub fn not_found_page() -> Html {
    html! {
        <div class="stack">
            <h1>{ "Page not found" }</h1>
            <p class="lead">{ "There is nothing at this address. Perhaps it was mistyped, or the page is gone." }</p>
            <div class="actions">
                <PageLink class="button" to={Route::Home}>{ "Home" }</PageLink>
                <PageLink class="button button-quiet" to={Route::Posts}>{ "Go to the posts" }</PageLink>
            </div>
        </div>
    }
}
