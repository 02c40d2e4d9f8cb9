//! How to find some of the posts.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::post_filter::PostFilter;

/// A field for a text, and a choice of the author.
pub fn post_tools(authors: &[u64], filter: &UseStateHandle<PostFilter>) -> Html {
    let oninput = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| {
            let typed = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            filter.set(filter.with_text(&typed.unwrap_or_default()));
        })
    };
    let onchange = {
        let filter = filter.clone();
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            filter.set(filter.with_author(chosen.and_then(|author| author.parse().ok())));
        })
    };
    html! {
        <div class="post-tools" role="search" aria-label="Posts">
            <div class="field">
                <label for="post-text">{ "Find" }</label>
                <input id="post-text" type="search" autocomplete="off" enterkeyhint="search" {oninput} />
            </div>
            <div class="field">
                <label for="post-author">{ "Author" }</label>
                <select id="post-author" {onchange}>
                    <option value="" selected=true>{ "Everyone" }</option>
                    { for authors.iter().map(|author| html! {
                        <option key={*author} value={author.to_string()}>{ format!("user {author}") }</option>
                    }) }
                </select>
            </div>
        </div>
    }
}
