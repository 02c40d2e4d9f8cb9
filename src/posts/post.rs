//! Posts as the backend sends them.

use std::collections::HashSet;
use std::ops::Deref;
use std::rc::Rc;

use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Post {
    pub id: u64,
    /// The author's number at the service that the posts come from.
    #[serde(rename = "userId")]
    pub user_id: u64,
    pub title: String,
    /// Line breaks in it are shown.
    pub body: String,
}

/// Posts in the backend's order. Each id appears once, since it is the key of the row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Post>")]
pub struct Posts(Vec<Rc<Post>>);

impl From<Vec<Post>> for Posts {
    fn from(posts: Vec<Post>) -> Self {
        let mut seen = HashSet::with_capacity(posts.len());
        Self(posts.into_iter().filter(|post| seen.insert(post.id)).map(Rc::new).collect())
    }
}

impl Posts {
    pub fn filter(&self, is_wanted: impl Fn(&Post) -> bool) -> Self {
        Self(self.0.iter().filter(|post| is_wanted(post)).cloned().collect())
    }

    /// The numbers of the authors, in ascending order.
    pub fn authors(&self) -> Vec<u64> {
        let mut authors = Vec::new();
        for post in &self.0 {
            if let Err(index) = authors.binary_search(&post.user_id) {
                authors.insert(index, post.user_id);
            }
        }
        authors
    }
}

impl Deref for Posts {
    type Target = [Rc<Post>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A list of posts with these ids.
    pub fn posts(ids: impl IntoIterator<Item = u64>) -> Posts {
        let post = |id| Post { id, user_id: id % 3, title: format!("Title {id}"), body: format!("Body {id}") };
        ids.into_iter().map(post).collect::<Vec<_>>().into()
    }

    pub fn ids(posts: &[Rc<Post>]) -> Vec<u64> {
        posts.iter().map(|post| post.id).collect()
    }

    #[test]
    fn a_post_that_is_sent_twice_is_shown_once() {
        assert_eq!(ids(&posts([3, 1, 3, 2, 1])), [3, 1, 2]);
    }

    #[test]
    fn each_author_is_listed_once_and_in_order() {
        assert_eq!(posts([5, 4, 3, 2, 1]).authors(), [0, 1, 2]);
    }
}
