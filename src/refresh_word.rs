//! The word that a refresh has come to its end.

use yew::prelude::*;

use crate::heading_focus::catch_lost_focus;

/// Properties of [`RefreshWord`].
#[derive(Clone, PartialEq, Properties)]
pub struct RefreshWordProps {
    /// Whether a refresh that somebody has asked for is under way.
    pub is_busy: bool,
    /// Whether the last one has failed: a notice says so.
    pub has_failed: bool,
}

/// Says to who cannot see it that the page is up to date, where they have asked for that. Of the refreshes that come by
/// themselves it says nothing.
#[component]
pub fn RefreshWord(props: &RefreshWordProps) -> Html {
    let RefreshWordProps { is_busy, has_failed } = *props;
    let is_asked_for = use_mut_ref(bool::default);
    let was_asked_for = *is_asked_for.borrow();
    is_asked_for.replace(is_busy || (was_asked_for && !has_failed));
    let is_done = was_asked_for && !is_busy && !has_failed;
    // The notice of a failure goes then, and with it the button that was pressed.
    use_effect_with(is_done, |&is_done| {
        if is_done {
            catch_lost_focus();
        }
    });
    html! { <p class="visually-hidden" role="status">if is_done { { "Up to date." } }</p> }
}
