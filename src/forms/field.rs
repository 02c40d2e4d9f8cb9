//! A field of a form.

use yew::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    PersonName,
    Username,
    UsernameOrEmail,
    Email,
    Password,
}

/// A field, as the page, the backend and a password manager know it.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Also its id, so it is unique on its page.
    pub name: &'static str,
    pub label: &'static str,
    pub kind: FieldKind,
    /// The token of HTML section 4.10.18.7.1.
    pub autocomplete: &'static str,
    /// Shown while there is no error; may be empty.
    pub hint: &'static str,
    pub is_required: bool,
    /// The names under which the backend reports errors of this field.
    pub errors: &'static [&'static str],
}

/// A password that is yet to be set.
pub const NEW_PASSWORD: Field = Field {
    name: "new-password",
    label: "New password",
    kind: FieldKind::Password,
    autocomplete: "new-password",
    hint: "At least 8 characters.",
    is_required: true,
    errors: &["new_password1", "new_password2"],
};

/// A field with its label, and below it the error or the hint. The value stays in the DOM. `revealed` is the name of the
/// password field that is shown as plain text.
pub fn field_row(field: &'static Field, error: AttrValue, revealed: &UseStateHandle<&'static str>) -> Html {
    let note_id = AttrValue::from(format!("{}-note", field.name));
    let is_revealed = **revealed == field.name;
    let input_type = match field.kind {
        FieldKind::Email => "email",
        FieldKind::Password if !is_revealed => "password",
        _ => "text",
    };
    let is_invalid = !error.is_empty();
    let (class, note) = if is_invalid { ("field-error", error) } else { ("field-hint", AttrValue::Static(field.hint)) };
    let is_verbatim = field.kind != FieldKind::PersonName;
    let inputmode = (field.kind == FieldKind::UsernameOrEmail).then_some("email");
    // Space is reserved only below a field that can have a note.
    let has_note = !field.hint.is_empty() || !field.errors.is_empty();
    html! {
        <div class="field">
            <label for={field.name}>{ field.label }{ if field.is_required { "" } else { " (optional)" } }</label>
            <div class="field-input">
                <input id={field.name} name={field.name} type={input_type} autocomplete={field.autocomplete}
                    autocapitalize={if is_verbatim { "none" } else { "words" }} {inputmode}
                    autocorrect={is_verbatim.then_some("off")} spellcheck={is_verbatim.then_some("false")}
                    required={field.is_required} aria-invalid={is_invalid.then_some("true")}
                    aria-describedby={has_note.then_some(note_id.clone())} />
                if field.kind == FieldKind::Password {
                    { reveal_button(field, is_revealed, revealed.clone()) }
                }
            </div>
            if has_note {
                <p id={note_id} {class}>{ note }</p>
            }
        </div>
    }
}

/// Shows or hides a password. A tap leaves the focus and an open on-screen keyboard where they are.
fn reveal_button(field: &Field, is_revealed: bool, revealed: UseStateHandle<&'static str>) -> Html {
    let name = field.name;
    let word = if is_revealed { "Hide" } else { "Show" };
    let label = format!("{word} {}", field.label.to_ascii_lowercase());
    let onclick = Callback::from(move |_: MouseEvent| revealed.set(if is_revealed { "" } else { name }));
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <button class="reveal" type="button" aria-controls={name} aria-label={label} {onclick} {onmousedown}>
            { word }
        </button>
    }
}
