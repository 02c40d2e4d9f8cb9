//! Stands where the posts would, while none have come yet.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;
use yew_auth::RequestError;

use crate::document::document;
use crate::heading_focus::catch_lost_focus;
use crate::words;

/// Properties of [`NoPosts`].
#[derive(Clone, PartialEq, Properties)]
pub struct NoPostsProps {
    /// Why there are none.
    pub error: Rc<RequestError>,
    /// Asks for them again.
    pub try_again: Callback<MouseEvent>,
}

/// Says why, and offers another try.
#[component]
pub fn NoPosts(props: &NoPostsProps) -> Html {
    let button = use_node_ref();
    use_effect_with(button.clone(), |button| {
        let button = button.cast::<Element>();
        // When the posts come it goes, and takes the focus with it.
        move || {
            if button.is_some() && document().and_then(|document| document.active_element()) == button {
                catch_lost_focus();
            }
        }
    });
    html! {
        <div class="stack">
            <p class="alert" role="alert">{ words::request(&props.error) }{ " The app tries again by itself." }</p>
            <button ref={button} class="button" type="button" onclick={props.try_again.clone()}>{ "Try again" }</button>
        </div>
    }
}
