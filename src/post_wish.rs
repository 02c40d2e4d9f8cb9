//! What somebody looks for among the posts.

use js_sys::JsString;

use crate::post::{Post, Posts};
use crate::post_filter::PostFilter;

/// A text and an author; each of them may be left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostWish {
    /// What a post's title or text has to hold, whatever the case; as it was typed.
    pub text: String,
    /// Whose posts; `None` for all of them.
    pub author: Option<u64>,
}

impl PostWish {
    /// Lets the posts pass that are like it.
    pub fn filter(&self) -> PostFilter {
        if self.is_open() { PostFilter::default() } else { PostFilter::new(self.test()) }
    }

    /// Whether none of the posts is like it.
    pub fn is_in_vain(&self, posts: &Posts) -> bool {
        let is_met = self.test();
        !self.is_open() && !posts.iter().any(|post| is_met(post))
    }

    fn is_open(&self) -> bool {
        self.author.is_none() && self.text.trim().is_empty()
    }

    fn test(&self) -> impl Fn(&Post) -> bool + 'static {
        let (text, author) = (String::from(lower_case(self.text.trim())), self.author);
        move |post| {
            let holds = |held: &str| lower_case(held).includes(&text, 0);
            author.is_none_or(|author| author == post.user_id)
                && (text.is_empty() || holds(&post.title) || holds(&post.body))
        }
    }
}

/// The browser has the tables for it; Rust's own would be a good part of the app's size.
fn lower_case(text: &str) -> JsString {
    JsString::from(text).to_lower_case()
}
