//! Light, dark, or as the system has it.

use yew::prelude::*;

use super::document::document;

/// A choice that looks like a small picture of itself. `static/theme.js` listens to it and keeps it: the theme is there
/// before the app is, and without it.
pub fn theme_choice() -> Html {
    let root = document().and_then(|document| document.document_element());
    let chosen = root.and_then(|root| root.get_attribute("data-theme")).unwrap_or_default();
    let choice = |value: &'static str, name: &'static str| {
        html! { <option {value} selected={chosen == value}>{ name }</option> }
    };
    html! {
        <div class="theme">
            <select id="theme" aria-label="Theme">
                { choice("", "As the system") }
                { choice("light", "Light") }
                { choice("dark", "Dark") }
            </select>
        </div>
    }
}
