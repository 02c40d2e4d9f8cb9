//! How to find some of the posts.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;
use yew_auth::use_auth;

use crate::post::Posts;
use crate::post_filter::PostFilter;
use crate::post_wish::PostWish;

thread_local! {
    /// What was looked for last, and by whom: they find it again when they come back, and nobody else does.
    static LAST: RefCell<(Option<String>, PostWish)> = RefCell::default();
}

/// Properties of [`PostTools`].
#[derive(Clone, PartialEq, Properties)]
pub struct PostToolsProps {
    /// All posts that can be found.
    pub posts: Rc<Posts>,
    /// Takes what is looked for.
    pub find: Callback<PostFilter>,
}

/// A field for a text, a choice of the author, and a way back from a search that finds nothing.
#[component]
pub fn PostTools(props: &PostToolsProps) -> Html {
    let person = use_auth().session().map(|session| session.user.id.clone());
    let authors = props.posts.authors();
    let wish = use_state_eq(|| last_wish_of(person.as_deref(), &authors));
    let fields = Fields { text: use_node_ref(), author: use_node_ref() };
    {
        let (fields, wish) = (fields.clone(), (*wish).clone());
        use_effect_with((), move |()| fields.fill(&wish));
    }
    {
        let find = props.find.clone();
        use_effect_with((*wish).clone(), move |wish| {
            LAST.set((person, wish.clone()));
            find.emit(wish.filter());
        });
    }
    let is_in_vain = use_memo(((*wish).clone(), props.posts.clone()), |(wish, posts)| wish.is_in_vain(posts));
    let look = {
        let (fields, wish) = (fields.clone(), wish.setter());
        Callback::from(move |()| wish.set(fields.read()))
    };
    let clear = {
        let fields = fields.clone();
        Callback::from(move |_: MouseEvent| {
            fields.fill(&PostWish::default());
            fields.focus();
            wish.set(PostWish::default());
        })
    };
    html! {
        <>
            <div class="field">
                <label for="post-text">{ "Find" }</label>
                <input ref={fields.text} id="post-text" type="search" autocomplete="off" enterkeyhint="search"
                    oninput={look.reform(|_| ())} />
            </div>
            <div class="field">
                <label for="post-author">{ "Author" }</label>
                <select ref={fields.author} id="post-author" onchange={look.reform(|_| ())}>
                    <option value="" selected=true>{ "Everyone" }</option>
                    { for authors.into_iter().map(|author| html! {
                        <option key={author} value={author.to_string()}>{ format!("user {author}") }</option>
                    }) }
                </select>
            </div>
            if *is_in_vain {
                <div class="field">
                    <p class="field-hint">{ "No post matches." }</p>
                    <button class="button button-quiet" type="button" onclick={clear}>{ "Clear the search" }</button>
                </div>
            }
        </>
    }
}

/// The same person's last one, but for an author of whom nothing is there any more.
fn last_wish_of(person: Option<&str>, authors: &[u64]) -> PostWish {
    let (by, mut wish) = LAST.with_borrow(Clone::clone);
    if by.as_deref() != person {
        return PostWish::default();
    }
    wish.author = wish.author.filter(|author| authors.contains(author));
    wish
}

/// What is looked for stands in them: they are filled when they come and when they are cleared, and read when somebody
/// has changed them.
#[derive(Clone)]
struct Fields {
    text: NodeRef,
    author: NodeRef,
}

impl Fields {
    fn fill(&self, wish: &PostWish) {
        if let (Some(text), Some(author)) = self.elements() {
            text.set_value(&wish.text);
            author.set_value(&wish.author.map(|author| author.to_string()).unwrap_or_default());
        }
    }

    fn read(&self) -> PostWish {
        let (text, author) = self.elements();
        PostWish {
            text: text.map(|text| text.value()).unwrap_or_default(),
            author: author.and_then(|author| author.value().parse().ok()),
        }
    }

    fn focus(&self) {
        if let (Some(text), _) = self.elements() {
            // A field that cannot take the focus leaves it where it was.
            let _ = text.focus();
        }
    }

    fn elements(&self) -> (Option<HtmlInputElement>, Option<HtmlSelectElement>) {
        (self.text.cast(), self.author.cast())
    }
}
