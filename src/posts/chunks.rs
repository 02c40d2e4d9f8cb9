//! The chunks that a long list is cut into.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::post::Post;

/// A few screens high. The browser decides for each chunk whether to lay it out.
const SIZE: usize = 32;

/// A run of posts. Its key stays as long as one of its posts does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostChunk {
    /// Unique in the list.
    pub key: u64,
    /// At least one.
    pub posts: Vec<Rc<Post>>,
}

impl PostChunk {
    /// The chunk with only the posts that match, if there are any.
    pub fn filter(&self, matches: impl Fn(&Post) -> bool) -> Option<Rc<Self>> {
        let posts: Vec<_> = self.posts.iter().filter(|post| matches(post)).cloned().collect();
        (!posts.is_empty()).then(|| Rc::new(Self { key: self.key, posts }))
    }
}

/// Cuts one list after another, and leaves each post in its chunk: a post that comes or goes changes no other chunk.
#[derive(Debug, Default)]
pub struct Chunker {
    /// The key of the chunk of each post.
    chunk_of: HashMap<u64, u64>,
    sizes: HashMap<u64, usize>,
    next_key: u64,
}

impl Chunker {
    /// The chunks of a list, in its order.
    pub fn cut(&mut self, posts: &[Rc<Post>]) -> Vec<Rc<PostChunk>> {
        let mut chunks: Vec<PostChunk> = Vec::new();
        let mut started = HashSet::new();
        for (post, below) in posts.iter().zip(self.chunks_below(posts)) {
            let above = chunks.last().map(|chunk| chunk.key);
            let key = self.chunk_of.get(&post.id).copied().or_else(|| self.chunk_for_new(above, below));
            match chunks.last_mut() {
                Some(chunk) if Some(chunk.key) == key => chunk.posts.push(Rc::clone(post)),
                _ => {
                    // The second half of a chunk whose posts have moved apart gets another key.
                    let key = key.filter(|key| started.insert(*key)).unwrap_or_else(|| self.start());
                    chunks.push(PostChunk { key, posts: vec![Rc::clone(post)] });
                }
            }
        }
        self.remember(&chunks);
        chunks.into_iter().map(Rc::new).collect()
    }

    /// For each post, the chunk of the nearest known post at or below it.
    fn chunks_below(&self, posts: &[Rc<Post>]) -> Vec<Option<u64>> {
        let mut nearest = None;
        let mut chunks: Vec<_> = posts
            .iter()
            .rev()
            .map(|post| {
                nearest = self.chunk_of.get(&post.id).copied().or(nearest);
                nearest
            })
            .collect();
        chunks.reverse();
        chunks
    }

    /// A new post joins the chunk around it, or a neighbour that has room.
    fn chunk_for_new(&mut self, above: Option<u64>, below: Option<u64>) -> Option<u64> {
        if above == below {
            return above;
        }
        let room = if self.chunk_of.is_empty() { SIZE } else { 2 * SIZE };
        let has_room = |key: &u64| self.sizes.get(key).is_some_and(|size| *size < room);
        let key = [above, below].into_iter().flatten().find(has_room)?;
        *self.sizes.get_mut(&key)? += 1;
        Some(key)
    }

    fn start(&mut self) -> u64 {
        let key = self.next_key;
        self.next_key += 1;
        self.sizes.insert(key, 1);
        key
    }

    fn remember(&mut self, chunks: &[PostChunk]) {
        self.sizes = chunks.iter().map(|chunk| (chunk.key, chunk.posts.len())).collect();
        self.chunk_of = chunks.iter().flat_map(|chunk| chunk.posts.iter().map(|post| (post.id, chunk.key))).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::super::post::tests::{ids, posts};
    use super::*;

    /// The key and the posts of each chunk.
    fn cut(chunker: &mut Chunker, list: impl IntoIterator<Item = u64>) -> Vec<(u64, Vec<u64>)> {
        chunker.cut(&posts(list)).iter().map(|chunk| (chunk.key, ids(&chunk.posts))).collect()
    }

    #[test]
    fn a_list_is_cut_into_chunks_of_one_size() {
        let sizes: Vec<_> = cut(&mut Chunker::default(), 1..=100).iter().map(|(_, posts)| posts.len()).collect();
        assert_eq!(sizes, [32, 32, 32, 4]);
        assert_eq!(cut(&mut Chunker::default(), []), []);
    }

    #[test]
    fn a_post_that_comes_or_goes_changes_one_chunk() {
        let mut chunker = Chunker::default();
        let before = cut(&mut chunker, 1..=100);
        let gone = cut(&mut chunker, (1..=100).filter(|id| *id != 40));
        let changed: Vec<_> = before.iter().zip(&gone).filter(|(before, gone)| before != gone).collect();
        assert_eq!((changed.len(), gone.len()), (1, 4));
        assert_eq!(cut(&mut chunker, 1..=100), before, "it comes back to where it was");
    }

    #[test]
    fn posts_at_the_top_join_the_first_chunk() {
        let mut chunker = Chunker::default();
        let before = cut(&mut chunker, 100..=131);
        assert_eq!(cut(&mut chunker, 80..=131), [(before[0].0, (80..=131).collect())]);
    }

    #[test]
    fn whatever_the_order_each_post_is_there_once_and_each_key_is_one_chunk() {
        let mut chunker = Chunker::default();
        for list in [vec![1, 2, 3], vec![3, 1, 2], (1..=90).rev().collect(), (1..=90).step_by(2).collect(), vec![7]] {
            let chunks = cut(&mut chunker, list.clone());
            assert_eq!(chunks.iter().flat_map(|(_, posts)| posts.clone()).collect::<Vec<_>>(), list);
            assert_eq!(chunks.iter().map(|(key, _)| key).collect::<HashSet<_>>().len(), chunks.len());
        }
    }

    #[test]
    fn a_search_leaves_its_posts_in_their_chunks() {
        let mut chunker = Chunker::default();
        let all = chunker.cut(&posts(1..=100));
        let found: Vec<_> = all.iter().filter_map(|chunk| chunk.filter(|post| post.id > 90)).collect();
        assert_eq!(found.iter().map(|chunk| chunk.key).collect::<Vec<_>>(), [all[2].key, all[3].key]);
    }
}
