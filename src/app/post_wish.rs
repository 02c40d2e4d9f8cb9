//! What somebody looks for among the posts.

use js_sys::JsString;

use super::post::Post;
use super::post_filter::PostFilter;

/// A text and an author; each of them may be left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostWish {
    /// What a post's title or text has to hold, whatever the case.
    text: String,
    author: Option<u64>,
}

impl PostWish {
    /// With another text, as it was typed.
    pub fn with_text(&self, typed: &str) -> Self {
        Self { text: lower_case(typed.trim()).into(), ..self.clone() }
    }

    /// With another author; `None` for all of them.
    pub fn with_author(&self, author: Option<u64>) -> Self {
        Self { author, ..self.clone() }
    }

    /// Lets the posts pass that are like it.
    pub fn into_filter(self) -> PostFilter {
        if self == Self::default() { PostFilter::default() } else { PostFilter::new(move |post| self.is_met_by(post)) }
    }

    fn is_met_by(&self, post: &Post) -> bool {
        let holds = |text: &str| lower_case(text).includes(&self.text, 0);
        self.author.is_none_or(|author| author == post.user_id)
            && (self.text.is_empty() || holds(&post.title) || holds(&post.body))
    }
}

/// The browser has the tables for it; Rust's own would be a good part of the app's size.
fn lower_case(text: &str) -> JsString {
    JsString::from(text).to_lower_case()
}
