//! A post as the backend sends it.

use std::collections::HashSet;
use std::ops::Deref;
use std::rc::Rc;

use serde::Deserialize;

/// Something somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Post {
    /// Its primary key.
    pub id: u64,
    /// The author's number at the service that the posts come from.
    #[serde(rename = "userId")]
    pub user_id: u64,
    /// Its heading.
    pub title: String,
    /// Its text; a line break in it is meant.
    pub body: String,
}

/// Posts in the backend's order, each once: a row's identity on the page is its post's key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Post>")]
pub struct Posts(Vec<Rc<Post>>);

impl From<Vec<Post>> for Posts {
    fn from(posts: Vec<Post>) -> Self {
        let mut seen = HashSet::with_capacity(posts.len());
        Self(posts.into_iter().filter(|post| seen.insert(post.id)).map(Rc::new).collect())
    }
}

impl Posts {
    /// Those that are wanted.
    pub fn only(&self, is_wanted: impl Fn(&Post) -> bool) -> Self {
        Self(self.0.iter().filter(|post| is_wanted(post)).cloned().collect())
    }

    /// Who wrote them, each author once, in the order of their numbers.
    pub fn authors(&self) -> Vec<u64> {
        let mut authors = Vec::new();
        for post in &self.0 {
            if let Err(place) = authors.binary_search(&post.user_id) {
                authors.insert(place, post.user_id);
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
