//! A question that comes before everything else.

use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use crate::document::document;
use crate::heading_focus::catch_lost_focus;

/// Properties of [`Modal`].
#[derive(Clone, PartialEq, Properties)]
pub struct ModalProps {
    /// What it is called; no two dialogs that can be open together have one id.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What the Escape key does; by default nothing.
    #[prop_or_default]
    pub on_escape: Option<Callback<()>>,
    /// Keys and taps in it say nothing of whether somebody is there: it is what asks.
    #[prop_or_default]
    pub asks_for_presence: bool,
    /// What it says.
    pub message: Html,
    /// What can be done.
    pub children: Html,
}

/// A modal dialog, open for as long as it is on the page. Its heading takes the focus, so that nothing is set off by who
/// was typing when it came; when it goes, the focus goes back to where it was.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let dialog = use_node_ref();
    // Before the page under the dialog goes out of reach, which takes the focus from it.
    let focused = use_memo((), |()| document()?.active_element()?.dyn_into::<HtmlElement>().ok());
    use_effect_with((dialog.clone(), focused), |(dialog, focused)| {
        let dialog = dialog.cast::<HtmlDialogElement>();
        open(dialog.as_ref());
        let focused = focused.clone();
        move || {
            // While it is open nothing else can have the focus.
            if let Some(dialog) = dialog {
                dialog.close();
            }
            give_back(focused.as_ref().as_ref());
        }
    });
    let escape = {
        let (on_escape, dialog) = (props.on_escape.clone(), dialog.clone());
        Callback::from(move |event: Event| {
            event.prevent_default();
            match &on_escape {
                Some(on_escape) => on_escape.emit(()),
                // Of two Escapes in a row a browser lets nobody prevent the second.
                None => open(dialog.cast().as_ref()),
            }
        })
    };
    let asks = props.asks_for_presence;
    let onkeydown = Callback::from(move |event: KeyboardEvent| keep(asks, &event));
    let onpointerdown = Callback::from(move |event: PointerEvent| keep(asks, &event));
    let (heading, message) = (format!("{}-title", props.id), format!("{}-text", props.id));
    html! {
        <dialog ref={dialog} class="modal" id={props.id} role="alertdialog" aria-labelledby={heading.clone()}
            aria-describedby={message.clone()}
            oncancel={escape.clone()} onclose={escape} {onkeydown} {onpointerdown}>
            <h2 id={heading} tabindex="-1" autofocus=true>{ props.title }</h2>
            <div class="modal-text" id={message}>{ props.message.clone() }</div>
            { props.children.clone() }
        </dialog>
    }
}

fn open(dialog: Option<&HtmlDialogElement>) {
    if let Some(dialog) = dialog {
        // It is in the page: refused only where it is open already.
        let _ = dialog.show_modal();
    }
}

fn keep(asks_for_presence: bool, event: &Event) {
    if asks_for_presence {
        event.stop_propagation();
    }
}

fn give_back(focused: Option<&HtmlElement>) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(focused) = focused {
        // An element that has gone cannot take it, and one that is about to go loses it again.
        let _ = focused.focus_with_options(&options);
    }
    catch_lost_focus();
}
