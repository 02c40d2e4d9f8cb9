//! What stands above the posts: their number, their age, and how to find some of them.

use std::collections::BTreeSet;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::post_filter::PostFilter;

/// Properties of [`PostTools`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostToolsProps {
    /// Who has written any of the posts.
    pub authors: BTreeSet<u64>,
    /// Which posts are shown now.
    pub filter: PostFilter,
    /// Shows others.
    pub on_filter: Callback<PostFilter>,
}

/// A field for the text, and a choice of the author.
#[component]
pub fn PostTools(props: &PostToolsProps) -> Html {
    let PostToolsProps { authors, filter, on_filter } = props;
    let oninput = {
        let (filter, on_filter) = (filter.clone(), on_filter.clone());
        Callback::from(move |event: InputEvent| {
            let typed = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            on_filter.emit(filter.with_text(&typed.unwrap_or_default()));
        })
    };
    let onchange = {
        let (filter, on_filter) = (filter.clone(), on_filter.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            on_filter.emit(filter.with_author(chosen.and_then(|author| author.parse().ok())));
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
