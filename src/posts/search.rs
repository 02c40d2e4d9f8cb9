//! The search form above the posts.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;
use yew_auth::use_auth;

use super::post::Posts;
use super::query::PostQuery;

thread_local! {
    /// The last search and the id of its person, who finds it again on coming back. Nobody else does.
    static LAST: RefCell<(Option<String>, PostQuery)> = RefCell::default();
}

/// A search form, and what the person looks for: a text, an author, or both. A search that finds nothing can be cleared.
#[hook]
pub fn use_post_search(posts: &Rc<Posts>) -> (PostQuery, Html) {
    let auth = use_auth();
    let person = auth.session().map(|session| session.user.id.clone());
    let query = use_state_eq(|| last_query_of(person.as_deref(), posts));
    let (text, author) = (use_node_ref(), use_node_ref());
    let authors = posts.authors();
    use_effect_with((*query).clone(), move |query| LAST.set((person, query.clone())));
    // An option's `selected` attribute has no effect once somebody has chosen.
    use_effect_with((query.author, authors.clone()), {
        let select = author.clone();
        move |(author, _)| {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(&author.map(|author| author.to_string()).unwrap_or_default());
            }
        }
    });
    let has_no_matches = use_memo(((*query).clone(), posts.clone()), |(query, posts)| query.has_no_matches(posts));
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            query.set(PostQuery { text, author: query.author });
        })
    };
    let onchange = {
        let query = query.clone();
        Callback::from(move |event: Event| {
            let author = event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok();
            query.set(PostQuery { text: query.text.clone(), author });
        })
    };
    let clear = {
        let (query, text) = (query.setter(), text.clone());
        Callback::from(move |_: MouseEvent| {
            query.set(PostQuery::default());
            if let Some(text) = text.cast::<HtmlElement>() {
                // An element that cannot take the focus leaves it where it was.
                let _ = text.focus();
            }
        })
    };
    let form = html! {
        <div class="post-search" role="search" aria-label="Posts">
            <div class="field">
                <label for="post-text">{ "Find" }</label>
                <input ref={text} id="post-text" type="search" autocomplete="off" enterkeyhint="search"
                    value={query.text.clone()} {oninput} />
            </div>
            <div class="field">
                <label for="post-author">{ "Author" }</label>
                <select ref={author} id="post-author" {onchange}>
                    <option value="">{ "Everyone" }</option>
                    { for authors.into_iter().map(|author| html! {
                        <option key={author} value={author.to_string()}>{ format!("user {author}") }</option>
                    }) }
                </select>
            </div>
            if *has_no_matches {
                <div class="field">
                    <p class="field-hint">{ "No post matches." }</p>
                    <button class="button button-quiet" type="button" onclick={clear}>{ "Clear the search" }</button>
                </div>
            }
        </div>
    };
    ((*query).clone(), form)
}

/// An author who has no posts any more is dropped from it.
fn last_query_of(person: Option<&str>, posts: &Posts) -> PostQuery {
    let (last_person, mut query) = LAST.with_borrow(Clone::clone);
    if last_person.as_deref() != person {
        return PostQuery::default();
    }
    query.author = query.author.filter(|author| posts.authors().contains(author));
    query
}
