//! Modal dialogs.

use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::focus::{catch_lost_focus, focus_in_place};

#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// Unique among the dialogs that can be open together.
    pub id: &'static str,
    pub title: &'static str,
    /// What the Escape key does; by default nothing.
    #[prop_or_default]
    pub on_escape: Option<Callback<()>>,
    /// Keys and taps in the dialog do not count as activity: its buttons ask for that.
    #[prop_or_default]
    pub asks_for_presence: bool,
    pub message: Html,
    pub children: Html,
}

/// A modal dialog that is open for as long as it is in the tree. Its heading takes the focus, so that somebody who is
/// typing presses no button by accident. Afterwards the focus returns to where it was.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let dialog = use_node_ref();
    // Read before the dialog opens, which takes the focus from the page.
    let focused = use_memo((), |()| document().active_element()?.dyn_into::<HtmlElement>().ok());
    use_effect_with((dialog.clone(), focused), |(dialog, focused)| {
        let dialog = dialog.cast::<HtmlDialogElement>();
        open(dialog.as_ref());
        let focused = focused.clone();
        move || {
            // Nothing outside an open dialog can take the focus.
            if let Some(dialog) = dialog {
                dialog.close();
            }
            if let Some(focused) = &*focused {
                focus_in_place(focused);
            }
            // The element may be gone, or about to go.
            catch_lost_focus();
        }
    });
    let on_escape = {
        let (on_escape, dialog) = (props.on_escape.clone(), dialog.clone());
        Callback::from(move |event: Event| {
            event.prevent_default();
            match &on_escape {
                Some(on_escape) => on_escape.emit(()),
                // Browsers let nobody prevent the second of two Escapes in a row, so the dialog is opened again.
                None => open(dialog.cast().as_ref()),
            }
        })
    };
    let hides_activity = props.asks_for_presence;
    let onkeydown = Callback::from(move |event: KeyboardEvent| hide_activity(hides_activity, &event));
    let onpointerdown = Callback::from(move |event: PointerEvent| hide_activity(hides_activity, &event));
    let (title_id, message_id) = (format!("{}-title", props.id), format!("{}-text", props.id));
    html! {
        <dialog ref={dialog} class="dialog" id={props.id} role="alertdialog" aria-labelledby={title_id.clone()}
            aria-describedby={message_id.clone()}
            oncancel={on_escape.clone()} onclose={on_escape} {onkeydown} {onpointerdown}>
            <h2 id={title_id} tabindex="-1" autofocus=true>{ props.title }</h2>
            <div class="dialog-text" id={message_id}>{ props.message.clone() }</div>
            { props.children.clone() }
        </dialog>
    }
}

fn open(dialog: Option<&HtmlDialogElement>) {
    if let Some(dialog) = dialog {
        // Refused only where it is open already.
        let _ = dialog.show_modal();
    }
}

fn hide_activity(hides_activity: bool, event: &Event) {
    if hides_activity {
        event.stop_propagation();
    }
}
