//! Waiting, said only when it lasts.

use yew::prelude::*;

/// Says what is awaited, as a sentence. A wait of less than half a second is not worth a word: `static/app.css` keeps it
/// back, in a region that is there from the beginning, so that it is read aloud when it comes.
pub fn loading(sentence: &'static str) -> Html {
    html! { <p class="loading" role="status"><span class="belated">{ sentence }</span></p> }
}
