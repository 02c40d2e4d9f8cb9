//! A field of a form.

use yew::prelude::*;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name, one's own or of one's own making.
    Name,
    /// An e-mail address.
    Email,
    /// A password, which can be looked at while it is typed.
    Password,
}

/// A field, as the page, the backend and a password manager know it.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, which is its id as well: no two on a page are alike.
    pub name: &'static str,
    /// What it is called on the page.
    pub label: &'static str,
    /// What is typed into it.
    pub kind: Kind,
    /// What it is for (HTML, 4.10.18.7.1).
    pub autocomplete: &'static str,
    /// What helps before anything went wrong; may be empty.
    pub hint: &'static str,
    /// Whether it has to be filled in.
    pub is_required: bool,
    /// Under which names the backend says what is wrong with it.
    pub errors: &'static [&'static str],
}

/// Properties of [`FieldRow`].
#[derive(Clone, PartialEq, Properties)]
pub struct FieldRowProps {
    /// Which field.
    pub field: &'static Field,
    /// What is wrong with what was typed; empty when nothing is.
    pub error: AttrValue,
}

/// A field with its label, and below it what is wrong, or the hint. What is typed stays in the field, and nowhere else.
#[component]
pub fn FieldRow(props: &FieldRowProps) -> Html {
    let FieldRowProps { field, error } = props;
    let is_shown = use_state_eq(|| false);
    let note = AttrValue::from(format!("{}-note", field.name));
    let (class, text) = match error.is_empty() {
        true => ("field-hint", AttrValue::Static(field.hint)),
        false => ("field-error", error.clone()),
    };
    let (kind, spellcheck) = match field.kind {
        Kind::Name => ("text", None),
        Kind::Email => ("email", None),
        Kind::Password if *is_shown => ("text", Some("false")),
        Kind::Password => ("password", None),
    };
    let is_address = !field.autocomplete.ends_with("-name");
    html! {
        <div class="field">
            <label for={field.name}>{ field.label }</label>
            <div class="field-input">
                <input id={field.name} name={field.name} type={kind} autocomplete={field.autocomplete}
                    autocapitalize={is_address.then_some("none")} {spellcheck} required={field.is_required}
                    aria-invalid={(!error.is_empty()).then_some("true")} aria-describedby={note.clone()} />
                if field.kind == Kind::Password {
                    <Reveal of={field.name} {is_shown} />
                }
            </div>
            <p id={note} {class}>{ text }</p>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RevealProps {
    of: &'static str,
    is_shown: UseStateHandle<bool>,
}

/// Shows a password, or hides it again. A tap leaves the focus, and an open keyboard, where they are.
#[component]
fn Reveal(props: &RevealProps) -> Html {
    let is_shown = props.is_shown.clone();
    let (word, label) = if *is_shown { ("Hide", "Hide password") } else { ("Show", "Show password") };
    let onclick = Callback::from(move |_: MouseEvent| is_shown.set(!*is_shown));
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <button class="reveal" type="button" aria-controls={props.of} aria-label={label} {onclick} {onmousedown}>
            { word }
        </button>
    }
}
