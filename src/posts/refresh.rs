//! Refreshing the posts by hand.

use yew::prelude::*;
use yew_auth::UsePollHandle;

use super::post::Posts;
use crate::ui::focus::catch_lost_focus;

/// The last refresh that the person asked for. The polls in between do not count.
#[derive(Clone, Copy, PartialEq)]
enum Refresh {
    None,
    Running,
    Done,
}

pub struct RefreshHandle {
    pub is_running: bool,
    /// The posts have been up to date since the refresh.
    pub is_done: bool,
    pub start: Callback<()>,
}

#[hook]
pub fn use_refresh(poll: &UsePollHandle<Posts>) -> RefreshHandle {
    let refresh = use_state_eq(|| Refresh::None);
    let (is_polling, has_failed) = (poll.is_validating, poll.error.is_some());
    use_effect_with((*refresh, is_polling, has_failed), {
        let refresh = refresh.setter();
        move |&state| match state {
            (Refresh::Running, false, false) => refresh.set(Refresh::Done),
            (Refresh::Running | Refresh::Done, false, true) => refresh.set(Refresh::None),
            _ => {}
        }
    });
    let is_done = *refresh == Refresh::Done;
    use_effect_with(is_done, |&is_done| {
        // The notice of a failure is gone now, and with it the button that may have been pressed.
        if is_done {
            catch_lost_focus();
        }
    });
    let start = {
        let (refresh, poll) = (refresh.setter(), poll.clone());
        Callback::from(move |()| {
            refresh.set(Refresh::Running);
            poll.revalidate();
        })
    };
    RefreshHandle { is_running: *refresh == Refresh::Running && is_polling, is_done, start }
}
