//! Posts that arrive while somebody reads.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use yew::prelude::*;

use super::post::Posts;

/// What is on the page, and what waits to be shown.
pub struct NewPosts {
    /// The posts that were there before, as they are now.
    pub shown: Rc<Posts>,
    /// How many wait.
    pub waiting: usize,
    /// Shows them too.
    pub show: Callback<()>,
}

/// Keeps posts that arrive from jumping in above what somebody reads: they wait until they are asked for. What is there
/// already changes and goes by itself.
#[hook]
pub fn use_new_posts(posts: &Rc<Posts>) -> NewPosts {
    let known = use_mut_ref(HashSet::new);
    let shows = use_state(|| 0_u32);
    let shown = use_memo((posts.clone(), *shows), |(posts, _)| shown(posts, &known));
    let show = {
        let (known, posts) = (known.clone(), posts.clone());
        Callback::from(move |()| {
            known.borrow_mut().extend(posts.iter().map(|post| post.id));
            shows.set(*shows + 1);
        })
    };
    NewPosts { waiting: posts.len() - shown.len(), shown: Rc::clone(&shown), show }
}

/// The known ones; all of them when that would be none.
fn shown(posts: &Rc<Posts>, known: &RefCell<HashSet<u64>>) -> Rc<Posts> {
    let mut known = known.borrow_mut();
    if !posts.iter().any(|post| known.contains(&post.id)) {
        known.extend(posts.iter().map(|post| post.id));
    }
    match posts.iter().all(|post| known.contains(&post.id)) {
        true => Rc::clone(posts),
        false => Rc::new(posts.only(|post| known.contains(&post.id))),
    }
}
