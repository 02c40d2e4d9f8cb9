//! Which of the posts somebody wants to see.

use std::rc::Rc;

use js_sys::JsString;

use super::post::Post;
use super::post_parts::PostPart;

/// A text and an author; each of them may be left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostFilter {
    /// What a post's title or text has to hold, whatever the case.
    text: String,
    author: Option<u64>,
}

impl PostFilter {
    /// With another text, as it was typed.
    pub fn with_text(&self, typed: &str) -> Self {
        Self { text: lower_case(typed.trim()).into(), ..self.clone() }
    }

    /// With another author; `None` for all of them.
    pub fn with_author(&self, author: Option<u64>) -> Self {
        Self { author, ..self.clone() }
    }

    /// What passes, in the parts that it stands in already: no row moves to another, and most parts stay as they are.
    pub fn select(&self, parts: Vec<Rc<PostPart>>) -> Vec<Rc<PostPart>> {
        if *self == Self::default() {
            return parts;
        }
        let selected = parts.iter().map(|part| {
            let posts = part.posts.iter().filter(|post| self.passes(post)).cloned().collect();
            Rc::new(PostPart { key: part.key, posts })
        });
        selected.filter(|part| !part.posts.is_empty()).collect()
    }

    fn passes(&self, post: &Post) -> bool {
        let holds = |text: &str| lower_case(text).includes(&self.text, 0);
        self.author.is_none_or(|author| author == post.user_id)
            && (self.text.is_empty() || holds(&post.title) || holds(&post.body))
    }
}

/// The browser has the tables for it; Rust's own would be a good part of the app's size.
fn lower_case(text: &str) -> JsString {
    JsString::from(text).to_lower_case()
}
