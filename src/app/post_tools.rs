//! How to find some of the posts.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::post::Posts;
use super::post_filter::PostFilter;
use super::post_wish::PostWish;

/// Properties of [`PostTools`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostToolsProps {
    /// All posts that can be found.
    pub posts: Rc<Posts>,
    /// Takes what is looked for.
    pub find: Callback<PostFilter>,
}

/// A field for a text, and a choice of the author.
#[component]
pub fn PostTools(props: &PostToolsProps) -> Html {
    let wish = use_state_eq(PostWish::default);
    {
        let find = props.find.clone();
        use_effect_with((*wish).clone(), move |wish| find.emit(wish.clone().into_filter()));
    }
    let oninput = {
        let wish = wish.clone();
        Callback::from(move |event: InputEvent| {
            let typed = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            wish.set(wish.with_text(&typed.unwrap_or_default()));
        })
    };
    let onchange = Callback::from(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        wish.set(wish.with_author(chosen.and_then(|author| author.parse().ok())));
    });
    html! {
        <>
            <div class="field">
                <label for="post-text">{ "Find" }</label>
                <input id="post-text" type="search" autocomplete="off" enterkeyhint="search" {oninput} />
            </div>
            <div class="field">
                <label for="post-author">{ "Author" }</label>
                <select id="post-author" {onchange}>
                    <option value="" selected=true>{ "Everyone" }</option>
                    { for props.posts.authors().into_iter().map(|author| html! {
                        <option key={author} value={author.to_string()}>{ format!("user {author}") }</option>
                    }) }
                </select>
            </div>
        </>
    }
}
