//! A field of a form.

use yew::prelude::*;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One's own name.
    Name,
    /// The name that somebody signs in with.
    Username,
    /// That name, or an e-mail address.
    UsernameOrEmail,
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

/// A field with its label, and below it what is wrong with what was typed, or the hint. What is typed stays in the field,
/// and nowhere else. `shown` names the password that can be read at the moment.
pub fn field_row(field: &'static Field, error: AttrValue, shown: &UseStateHandle<&'static str>) -> Html {
    let note = AttrValue::from(format!("{}-note", field.name));
    let is_shown = **shown == field.name;
    let kind = match field.kind {
        Kind::Email => "email",
        Kind::Password if !is_shown => "password",
        _ => "text",
    };
    let is_invalid = !error.is_empty();
    let (class, text) = if is_invalid { ("field-error", error) } else { ("field-hint", AttrValue::Static(field.hint)) };
    let is_verbatim = field.kind != Kind::Name;
    let inputmode = (field.kind == Kind::UsernameOrEmail).then_some("email");
    // Room is kept only below a field of which something may be said.
    let has_note = !field.hint.is_empty() || !field.errors.is_empty();
    html! {
        <div class="field">
            <label for={field.name}>{ field.label }{ if field.is_required { "" } else { " (optional)" } }</label>
            <div class="field-input">
                <input id={field.name} name={field.name} type={kind} autocomplete={field.autocomplete}
                    autocapitalize={if is_verbatim { "none" } else { "words" }} {inputmode}
                    autocorrect={is_verbatim.then_some("off")} spellcheck={is_verbatim.then_some("false")}
                    required={field.is_required} aria-invalid={is_invalid.then_some("true")}
                    aria-describedby={has_note.then_some(note.clone())} />
                if field.kind == Kind::Password {
                    { reveal(field, is_shown, shown.clone()) }
                }
            </div>
            if has_note {
                <p id={note} {class}>{ text }</p>
            }
        </div>
    }
}

/// Shows a password, or hides it again. A tap leaves the focus, and an open keyboard, where they are.
fn reveal(field: &Field, is_shown: bool, shown: UseStateHandle<&'static str>) -> Html {
    let name = field.name;
    let word = if is_shown { "Hide" } else { "Show" };
    let label = format!("{word} {}", field.label.to_ascii_lowercase());
    let onclick = Callback::from(move |_: MouseEvent| shown.set(if is_shown { "" } else { name }));
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <button class="reveal" type="button" aria-controls={name} aria-label={label} {onclick} {onmousedown}>
            { word }
        </button>
    }
}
