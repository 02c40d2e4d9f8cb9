//! A form: its fields, its button, and what the backend says of them.

use std::future::Future;
use std::pin::Pin;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::document::document;
use crate::field::{Field, Kind, field_row};
use crate::form_errors::FormErrors;

/// What was typed, field by field.
pub struct Typed(&'static [Field]);

impl Typed {
    /// What stands in a field now.
    pub fn get(&self, name: &str) -> String {
        self.0.iter().find(|field| field.name == name).and_then(input).map(|input| input.value()).unwrap_or_default()
    }
}

/// A request that is under way, and what is wrong with what was typed.
pub type Sending = Pin<Box<dyn Future<Output = Result<(), FormErrors>>>>;

/// Properties of [`Form`].
#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    /// What it asks for.
    pub fields: &'static [Field],
    /// What stands in the first fields to begin with.
    #[prop_or_default]
    pub initial: Vec<String>,
    /// Whose password the form is about, for a password manager; may be empty.
    #[prop_or_default]
    pub username: AttrValue,
    /// What the button says.
    pub submit: &'static str,
    /// What the form says when all went well; may be empty.
    #[prop_or_default]
    pub done: &'static str,
    /// Sends what was typed.
    pub send: Callback<Typed, Sending>,
}

/// What has become of the last try. While one is on its way there is no second.
#[derive(Clone, PartialEq)]
enum Attempt {
    None,
    OnItsWay,
    Done,
    Failed(FormErrors),
}

/// The form. A failure leaves what was typed in its fields, says beside each what is wrong with it, and moves the focus
/// to the first of them.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let FormProps { fields, submit, .. } = *props;
    let attempt = use_state(|| Attempt::None);
    let shown = use_state_eq(|| "");
    let is_busy = *attempt == Attempt::OnItsWay;
    let initial = props.initial.clone();
    use_effect_with((), move |()| fill(fields, &initial));
    use_effect_with((*attempt).clone(), move |attempt| match attempt {
        Attempt::Failed(errors) => focus_first(fields, errors),
        // Whoever has changed a password does not want to see it again.
        Attempt::Done => empty_passwords(fields),
        Attempt::None | Attempt::OnItsWay => {}
    });
    let onsubmit = {
        let (attempt, send, shown) = (attempt.clone(), props.send.clone(), shown.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_busy {
                return;
            }
            attempt.set(Attempt::OnItsWay);
            // Nobody looks at it any more, and a password manager knows it by its kind.
            shown.set("");
            let (sending, attempt) = (send.emit(Typed(fields)), attempt.setter());
            spawn_local(async move {
                attempt.set(match sending.await {
                    Ok(()) => Attempt::Done,
                    Err(errors) => Attempt::Failed(errors),
                });
            });
        })
    };
    let none = FormErrors::default();
    let (errors, done) = match &*attempt {
        Attempt::Failed(errors) => (errors, ""),
        Attempt::Done => (&none, props.done),
        Attempt::None | Attempt::OnItsWay => (&none, ""),
    };
    html! {
        <form {onsubmit}>
            if !props.username.is_empty() {
                <input hidden=true name="username" autocomplete="username" readonly=true
                    value={props.username.clone()} />
            }
            { for fields.iter().map(|field| field_row(field, errors.of_field(field), &shown)) }
            <button class="button" type="submit" aria-disabled={is_busy.then_some("true")}
                aria-busy={is_busy.then_some("true")}>{ submit }</button>
            <div class="alert-region">
                <div role="alert">
                    if !errors.whole.is_empty() {
                        <p class="alert">{ errors.whole.clone() }</p>
                    }
                </div>
                <div role="status">
                    if is_busy {
                        // For the eye the button says so.
                        <span class="visually-hidden belated">{ "One moment…" }</span>
                    }
                    if !done.is_empty() {
                        <p class="done">{ done }</p>
                    }
                </div>
            </div>
        </form>
    }
}

fn input(field: &Field) -> Option<HtmlInputElement> {
    document()?.get_element_by_id(field.name)?.dyn_into().ok()
}

/// Not by the fields' properties: from then on they are the person's own.
fn fill(fields: &[Field], initial: &[String]) {
    for (field, value) in fields.iter().zip(initial) {
        if let Some(input) = input(field) {
            input.set_value(value);
        }
    }
}

/// A password that was refused is typed anew, as a rule.
fn focus_first(fields: &[Field], errors: &FormErrors) {
    let first = fields.iter().find(|field| !errors.of_field(field).is_empty());
    if let Some((field, input)) = first.and_then(|field| Some((field, input(field)?))) {
        // A field that cannot take the focus leaves it where it was.
        let _ = AsRef::<HtmlElement>::as_ref(&input).focus();
        if field.kind == Kind::Password {
            input.select();
        }
    }
}

fn empty_passwords(fields: &[Field]) {
    for input in fields.iter().filter(|field| field.kind == Kind::Password).filter_map(input) {
        input.set_value("");
    }
}
