//! Which of the posts somebody wants to see.

use std::rc::Rc;

use yew::Callback;

use crate::post::Post;
use crate::post_parts::PostPart;

/// All posts to begin with, or those that pass.
#[derive(Clone, Default, PartialEq)]
pub struct PostFilter(Option<Callback<Rc<Post>, bool>>);

impl PostFilter {
    /// Lets pass what is wanted.
    pub fn new(is_wanted: impl Fn(&Post) -> bool + 'static) -> Self {
        Self(Some(Callback::from(move |post: Rc<Post>| is_wanted(&post))))
    }

    /// What passes, in the parts that it stands in already: no row moves to another, and most parts stay as they are.
    pub fn select(&self, parts: Vec<Rc<PostPart>>) -> Vec<Rc<PostPart>> {
        let Some(is_wanted) = &self.0 else { return parts };
        let selected = parts.iter().map(|part| {
            let posts = part.posts.iter().filter(|post| is_wanted.emit(Rc::clone(post))).cloned().collect();
            Rc::new(PostPart { key: part.key, posts })
        });
        selected.filter(|part| !part.posts.is_empty()).collect()
    }
}
