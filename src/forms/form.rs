//! The form component.

use std::future::Future;
use std::pin::Pin;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::errors::FormErrors;
use super::field::{Field, FieldKind, field_row};

/// The values of a form's fields, read from the DOM when they are asked for.
pub struct FormValues(NodeRef);

impl FormValues {
    pub fn get(&self, name: &str) -> String {
        input(&self.0, name).map(|input| input.value()).unwrap_or_default()
    }
}

/// A submission under way.
pub type SubmitFuture = Pin<Box<dyn Future<Output = Result<(), FormErrors>>>>;

#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    pub fields: &'static [Field],
    /// The initial values of the first fields.
    #[prop_or_default]
    pub initial: Vec<String>,
    /// Whose password the form changes, for password managers; may be empty.
    #[prop_or_default]
    pub username: AttrValue,
    /// The label of the button.
    pub submit: &'static str,
    /// What the form says after success; may be empty.
    #[prop_or_default]
    pub success: &'static str,
    pub on_submit: Callback<FormValues, SubmitFuture>,
}

#[derive(Clone, PartialEq)]
enum Submission {
    None,
    Pending,
    Succeeded,
    Failed(FormErrors),
}

/// A form, with one submission at a time. After a failure the values stay, each error stands beside its field, and the
/// first such field takes the focus.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let FormProps { fields, submit, .. } = *props;
    let form = use_node_ref();
    let submission = use_state(|| Submission::None);
    let revealed = use_state_eq(|| "");
    let is_pending = *submission == Submission::Pending;
    let initial = props.initial.clone();
    use_effect_with(form.clone(), move |form| fill(form, fields, &initial));
    use_effect_with((form.clone(), (*submission).clone()), move |(form, submission)| match submission {
        Submission::Failed(errors) => focus_first_invalid(form, fields, errors),
        Submission::Succeeded => clear_passwords(form, fields),
        Submission::None | Submission::Pending => {}
    });
    let onsubmit = {
        let (form, submission, on_submit, revealed) =
            (form.clone(), submission.clone(), props.on_submit.clone(), revealed.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_pending {
                return;
            }
            submission.set(Submission::Pending);
            // A password manager recognises a password field by its type.
            revealed.set("");
            let (future, submission) = (on_submit.emit(FormValues(form.clone())), submission.setter());
            spawn_local(async move {
                submission.set(match future.await {
                    Ok(()) => Submission::Succeeded,
                    Err(errors) => Submission::Failed(errors),
                });
            });
        })
    };
    let none = FormErrors::default();
    let (errors, success) = match &*submission {
        Submission::Failed(errors) => (errors, ""),
        Submission::Succeeded => (&none, props.success),
        Submission::None | Submission::Pending => (&none, ""),
    };
    html! {
        <form ref={form} {onsubmit}>
            if !props.username.is_empty() {
                <input hidden=true name="username" autocomplete="username" readonly=true
                    value={props.username.clone()} />
            }
            { for fields.iter().map(|field| field_row(field, errors.of_field(field), &revealed)) }
            <button class="button" type="submit" aria-disabled={is_pending.then_some("true")}
                aria-busy={is_pending.then_some("true")}>{ submit }</button>
            <div class="alert-region">
                <div role="alert">
                    if !errors.general.is_empty() {
                        <p class="alert">{ errors.general.clone() }</p>
                    }
                </div>
                <div role="status">
                    if is_pending {
                        // The button shows it to everybody who can see it.
                        <span class="visually-hidden delayed">{ "One moment…" }</span>
                    }
                    if !success.is_empty() {
                        <p class="success">{ success }</p>
                    }
                </div>
            </div>
        </form>
    }
}

/// Within the form: a dialog may hold another form with the same fields as the page.
fn input(form: &NodeRef, name: &str) -> Option<HtmlInputElement> {
    form.cast::<Element>()?.query_selector(&format!("#{name}")).ok()??.dyn_into().ok()
}

/// Sets the initial values once: from then on they are the person's.
fn fill(form: &NodeRef, fields: &[Field], initial: &[String]) {
    for (field, value) in fields.iter().zip(initial) {
        if let Some(input) = input(form, field.name) {
            input.set_value(value);
        }
    }
}

/// A refused password is selected, since it is usually typed again.
fn focus_first_invalid(form: &NodeRef, fields: &[Field], errors: &FormErrors) {
    let first = fields.iter().find(|field| !errors.of_field(field).is_empty());
    if let Some((field, input)) = first.and_then(|field| Some((field, input(form, field.name)?))) {
        // An element that cannot take the focus leaves it where it was.
        let _ = AsRef::<HtmlElement>::as_ref(&input).focus();
        if field.kind == FieldKind::Password {
            input.select();
        }
    }
}

fn clear_passwords(form: &NodeRef, fields: &[Field]) {
    let passwords = fields.iter().filter(|field| field.kind == FieldKind::Password);
    for input in passwords.filter_map(|field| input(form, field.name)) {
        input.set_value("");
    }
}
