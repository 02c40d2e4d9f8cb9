//! The parts that a long list is cut into.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::post::Post;

/// A few screens high: the browser watches where each part is, and lays out whole parts.
const SIZE: usize = 32;

/// A run of posts. Its key stays as long as it has one of the posts that it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPart {
    /// No other part of the list has it.
    pub key: u64,
    /// At least one.
    pub posts: Vec<Rc<Post>>,
}

/// Cuts one list after another, and leaves each post in the part that it was in: what comes or goes in one part moves
/// no row of another.
#[derive(Debug, Default)]
pub struct PostParts {
    part_of: HashMap<u64, u64>,
    sizes: HashMap<u64, usize>,
    next_key: u64,
}

impl PostParts {
    /// The parts of a list, in its order.
    pub fn cut(&mut self, posts: &[Rc<Post>]) -> Vec<Rc<PostPart>> {
        let mut parts: Vec<PostPart> = Vec::new();
        let mut begun = HashSet::new();
        for (post, below) in posts.iter().zip(self.parts_below(posts)) {
            let above = parts.last().map(|part| part.key);
            let wanted = self.part_of.get(&post.id).copied().or_else(|| self.part_for_new(above, below));
            match parts.last_mut() {
                Some(part) if Some(part.key) == wanted => part.posts.push(Rc::clone(post)),
                _ => {
                    // A part whose posts have been drawn apart goes on under another key.
                    let key = wanted.filter(|key| begun.insert(*key)).unwrap_or_else(|| self.begin());
                    parts.push(PostPart { key, posts: vec![Rc::clone(post)] });
                }
            }
        }
        self.remember(&parts);
        parts.into_iter().map(Rc::new).collect()
    }

    /// For each post, the part of the next known one: its own or that of a later one.
    fn parts_below(&self, posts: &[Rc<Post>]) -> Vec<Option<u64>> {
        let mut next = None;
        let mut parts: Vec<_> = posts
            .iter()
            .rev()
            .map(|post| {
                next = self.part_of.get(&post.id).copied().or(next);
                next
            })
            .collect();
        parts.reverse();
        parts
    }

    /// A new post joins the part that it stands in, or a neighbour that has room.
    fn part_for_new(&mut self, above: Option<u64>, below: Option<u64>) -> Option<u64> {
        if above == below {
            return above;
        }
        let room = if self.part_of.is_empty() { SIZE } else { 2 * SIZE };
        let has_room = |key: &u64| self.sizes.get(key).is_some_and(|size| *size < room);
        let key = [above, below].into_iter().flatten().find(has_room)?;
        *self.sizes.get_mut(&key)? += 1;
        Some(key)
    }

    fn begin(&mut self) -> u64 {
        let key = self.next_key;
        self.next_key += 1;
        self.sizes.insert(key, 1);
        key
    }

    fn remember(&mut self, parts: &[PostPart]) {
        self.sizes = parts.iter().map(|part| (part.key, part.posts.len())).collect();
        self.part_of = parts.iter().flat_map(|part| part.posts.iter().map(|post| (post.id, part.key))).collect();
    }
}
