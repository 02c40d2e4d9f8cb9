//! The posts that the page is given, and what becomes of them from poll to poll.

use serde::Serialize;

/// A post, in the words of the backend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Post {
    #[serde(rename = "userId")]
    user_id: usize,
    id: usize,
    title: String,
    body: String,
}

/// What a poll brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Poll {
    /// A 304.
    NotModified,
    /// A 200 with what is on the page.
    SameData,
    /// One post of those in view has another title.
    OneChanged,
    /// One post more, above all others.
    OneNew,
}

/// All posts, and the number of their version.
#[derive(Debug)]
pub struct Feed {
    posts: Vec<Post>,
    version: usize,
}

/// A body as it goes over the wire, and its `ETag`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub body: Vec<u8>,
    pub etag: String,
}

const WORDS: [&str; 12] =
    ["yew", "sunt", "session", "quia", "reader", "et", "nobis", "paper", "autem", "light", "rerum", "evening"];

impl Poll {
    pub const ALL: [Self; 4] = [Self::NotModified, Self::SameData, Self::OneChanged, Self::OneNew];

    pub fn name(self) -> &'static str {
        match self {
            Self::NotModified => "poll: 304",
            Self::SameData => "poll: 200, same data",
            Self::OneChanged => "poll: one post changed",
            Self::OneNew => "poll: one new on top, shown",
        }
    }
}

impl Feed {
    pub fn new(size: usize) -> Self {
        Self { posts: (1..=size).map(post).collect(), version: 0 }
    }

    pub fn len(&self) -> usize {
        self.posts.len()
    }

    /// Makes the next poll bring this.
    pub fn prepare(&mut self, poll: Poll) {
        match poll {
            Poll::NotModified => return,
            Poll::SameData => {}
            Poll::OneChanged => self.posts[1].title = format!("changed in version {}", self.version),
            Poll::OneNew => self.posts.insert(0, post(self.len() + 1)),
        }
        self.version += 1;
    }

    pub fn answer(&self) -> serde_json::Result<Answer> {
        Ok(Answer { body: serde_json::to_vec(&self.posts)?, etag: format!("\"{}\"", self.version) })
    }
}

/// As long as the posts of jsonplaceholder, which the real backend has: a title of 40 bytes, a text of 160 in 4 lines.
fn post(id: usize) -> Post {
    let word = |n: usize| WORDS[(id * 7 + n * n + n) % WORDS.len()];
    let line = |first: usize| (first..first + 7).map(word).collect::<Vec<_>>().join(" ");
    Post { user_id: id % 10 + 1, id, title: line(0), body: (1..=4).map(|n| line(n * 7)).collect::<Vec<_>>().join("\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_304_leaves_the_answer_as_it_was() {
        let mut feed = Feed::new(3);
        let before = feed.answer().expect("posts are JSON");
        feed.prepare(Poll::NotModified);
        assert_eq!(feed.answer().expect("posts are JSON"), before);
    }

    #[test]
    fn the_same_data_comes_under_another_etag() {
        let mut feed = Feed::new(3);
        let before = feed.answer().expect("posts are JSON");
        feed.prepare(Poll::SameData);
        let after = feed.answer().expect("posts are JSON");
        assert_eq!(after.body, before.body);
        assert_ne!(after.etag, before.etag);
    }

    #[test]
    fn one_changed_post_keeps_its_key_and_differs_each_time() {
        let mut feed = Feed::new(3);
        for _ in 0..2 {
            let before = feed.posts.clone();
            feed.prepare(Poll::OneChanged);
            let changed: Vec<_> = before.iter().zip(&feed.posts).filter(|(old, new)| old != new).collect();
            assert!(matches!(changed[..], [(old, new)] if old.id == new.id), "{changed:?}");
        }
    }

    #[test]
    fn one_new_post_comes_first_with_a_key_of_its_own() {
        let mut feed = Feed::new(3);
        feed.prepare(Poll::OneNew);
        assert_eq!(feed.posts.iter().map(|post| post.id).collect::<Vec<_>>(), [4, 1, 2, 3]);
    }
}
