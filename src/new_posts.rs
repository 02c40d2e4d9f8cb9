//! Posts that arrive while somebody reads.

use std::collections::HashSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::post::Posts;

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
    let redraw = use_force_update();
    let shown = {
        let mut known = known.borrow_mut();
        // The first ones, and those after a list of which nothing is left.
        if !posts.iter().any(|post| known.contains(&post.id)) {
            learn(&mut known, posts);
        }
        match posts.iter().all(|post| known.contains(&post.id)) {
            true => Rc::clone(posts),
            false => Rc::new(posts.only(|post| known.contains(&post.id))),
        }
    };
    let waiting = posts.len() - shown.len();
    let show = {
        let posts = Rc::clone(posts);
        Callback::from(move |()| {
            learn(&mut known.borrow_mut(), &posts);
            redraw.force_update();
        })
    };
    NewPosts { shown, waiting, show }
}

fn learn(known: &mut HashSet<u64>, posts: &Posts) {
    known.extend(posts.iter().map(|post| post.id));
}
