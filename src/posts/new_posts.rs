//! Posts that arrive while somebody reads.

use std::collections::HashSet;
use std::rc::Rc;

use gloo_utils::window;
use yew::prelude::*;

use super::post::Posts;
use crate::ui::focus::focus_heading;

/// Tells the posts that the reader has seen in the list from those that have arrived since.
#[derive(Debug, Default)]
pub struct KnownPosts(HashSet<u64>);

impl KnownPosts {
    /// The known posts, as they are now. All are known at first, and when none of the known ones is left.
    pub fn select(&mut self, posts: &Rc<Posts>) -> Rc<Posts> {
        if !posts.iter().any(|post| self.0.contains(&post.id)) {
            self.learn(posts);
        }
        if posts.iter().all(|post| self.0.contains(&post.id)) {
            return Rc::clone(posts);
        }
        Rc::new(posts.filter(|post| self.0.contains(&post.id)))
    }

    pub fn learn(&mut self, posts: &Posts) {
        self.0.extend(posts.iter().map(|post| post.id));
    }
}

pub struct NewPosts {
    pub shown: Rc<Posts>,
    pub waiting: usize,
    /// Shows the posts that wait.
    pub show: Callback<()>,
}

/// Keeps posts that arrive from moving the list that somebody reads: they wait until they are asked for. Posts in the
/// list change and disappear at once.
#[hook]
pub fn use_new_posts(posts: &Rc<Posts>) -> NewPosts {
    let known = use_mut_ref(KnownPosts::default);
    let render = use_force_update();
    let shown = known.borrow_mut().select(posts);
    let waiting = posts.len() - shown.len();
    let show = {
        let posts = Rc::clone(posts);
        Callback::from(move |()| {
            known.borrow_mut().learn(&posts);
            render.force_update();
        })
    };
    NewPosts { shown, waiting, show }
}

/// The button that shows the posts that wait. It floats, so nothing moves when it appears.
pub fn new_posts_button(waiting: usize, show: &Callback<()>) -> Html {
    let onclick = show.reform(|_: MouseEvent| {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        // The button goes away.
        focus_heading();
    });
    html! {
        <div class="offer" role="status">
            if waiting > 0 {
                <button class="button" type="button" {onclick}>
                    { format!("Show {waiting} new {}", if waiting == 1 { "post" } else { "posts" }) }
                </button>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::super::post::tests::{ids, posts};
    use super::*;

    fn shown(known: &mut KnownPosts, list: impl IntoIterator<Item = u64>) -> Vec<u64> {
        ids(&known.select(&Rc::new(posts(list))))
    }

    #[test]
    fn posts_that_arrive_wait_until_they_are_asked_for() {
        let mut known = KnownPosts::default();
        assert_eq!(shown(&mut known, [3, 2, 1]), [3, 2, 1]);
        assert_eq!(shown(&mut known, [5, 4, 3, 2]), [3, 2], "new ones wait, deleted ones go");
        known.learn(&posts([5, 4, 3, 2]));
        assert_eq!(shown(&mut known, [5, 4, 3, 2]), [5, 4, 3, 2]);
    }

    #[test]
    fn a_list_without_any_known_post_is_shown_as_it_is() {
        let mut known = KnownPosts::default();
        assert_eq!(shown(&mut known, []), [0; 0]);
        assert_eq!(shown(&mut known, [2, 1]), [2, 1]);
        assert_eq!(shown(&mut known, [9, 8]), [9, 8]);
    }

    #[test]
    fn a_list_without_news_stays_the_same_object() {
        let (mut known, list) = (KnownPosts::default(), Rc::new(posts([2, 1])));
        assert!(Rc::ptr_eq(&known.select(&list), &list));
    }
}
