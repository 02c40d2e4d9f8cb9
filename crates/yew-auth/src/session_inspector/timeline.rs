//! The journal: what the session did on this page.

use yew::prelude::*;

use super::text::journal_event;
use crate::browser::clock;
use yew_auth_session::{Journal, JournalEntry};

/// Oldest first and last in the inspector, so that new entries move nothing.
pub(super) fn view(journal: &Journal) -> Html {
    html! {
        <>
            <h2>{ "What the session did on this page" }</h2>
            <ol class="yew-auth-inspector-timeline">{ for journal.entries().map(entry) }</ol>
        </>
    }
}

fn entry(entry: &JournalEntry) -> Html {
    html! {
        <li key={entry.number}>
            <span class="yew-auth-inspector-time">{ clock::time_of_day(entry.at) }</span>
            { " " }
            { journal_event(entry.what) }
        </li>
    }
}
