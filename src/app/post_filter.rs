//! Which of the posts somebody wants to see.

use std::rc::Rc;

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
        Self { text: typed.trim().to_lowercase(), ..self.clone() }
    }

    /// With another author; `None` for all of them.
    pub fn with_author(&self, author: Option<u64>) -> Self {
        Self { author, ..self.clone() }
    }

    /// Whether every post passes.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// What passes, in the parts that it stands in already: no row moves to another, and most parts stay as they are.
    pub fn select(&self, parts: &[Rc<PostPart>]) -> Vec<Rc<PostPart>> {
        if self.is_open() {
            return parts.to_vec();
        }
        let selected = parts.iter().map(|part| {
            let posts = part.posts.iter().filter(|post| self.passes(post)).cloned().collect();
            Rc::new(PostPart { key: part.key, posts })
        });
        selected.filter(|part| !part.posts.is_empty()).collect()
    }

    fn passes(&self, post: &Post) -> bool {
        let holds = |text: &str| text.to_lowercase().contains(&self.text);
        self.author.is_none_or(|author| author == post.user_id)
            && (self.text.is_empty() || holds(&post.title) || holds(&post.body))
    }
}
