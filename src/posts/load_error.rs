//! What the page says when the posts could not be loaded.

use std::rc::Rc;

use gloo_utils::document;
use web_sys::Element;
use yew::prelude::*;
use yew_auth::RequestError;

use crate::ui::focus::catch_lost_focus;
use crate::ui::{messages, notice};

#[derive(Clone, PartialEq, Properties)]
pub struct LoadErrorProps {
    pub error: Rc<RequestError>,
    pub try_again: Callback<()>,
}

/// Takes the place of the posts while none have been loaded.
#[component]
pub fn LoadError(props: &LoadErrorProps) -> Html {
    let button = use_node_ref();
    use_effect_with(button.clone(), |button| {
        let button = button.cast::<Element>();
        // The button goes away when the posts arrive.
        move || {
            if button.is_some() && document().active_element() == button {
                catch_lost_focus();
            }
        }
    });
    let onclick = props.try_again.reform(|_: MouseEvent| ());
    html! {
        <div class="stack">
            <p class="alert" role="alert">{ messages::request(&props.error) }{ " The app tries again by itself." }</p>
            <button ref={button} class="button" type="button" {onclick}>{ "Try again" }</button>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct StaleNoticeProps {
    pub error: Option<Rc<RequestError>>,
    pub try_again: Callback<()>,
}

/// Says that the posts on the page are old. Without an error it says nothing.
#[component]
pub fn StaleNotice(props: &StaleNoticeProps) -> Html {
    notice(props.error.as_deref().map(|error| {
        let onclick = props.try_again.reform(|_: MouseEvent| ());
        html! {
            <>
                <p>{ messages::request(error) }{ " These are the last posts that came. The app tries again by itself." }</p>
                <button class="button button-quiet" type="button" {onclick}>{ "Try again" }</button>
            </>
        }
    }))
}
