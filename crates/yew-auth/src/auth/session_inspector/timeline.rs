//! What the session did.

use yew::prelude::*;

use super::phrase::happening;
use crate::browser::clock;
use yew_auth_session::{Journal, JournalEntry};

/// The oldest first, at the foot of the inspector: what comes moves nothing.
pub(super) fn view(journal: &Journal) -> Html {
    html! {
        <>
            <h2>{ "What the session did on this page" }</h2>
            <ol class="timeline">{ for journal.entries().map(entry) }</ol>
        </>
    }
}

fn entry(entry: &JournalEntry) -> Html {
    html! {
        <li key={entry.number}>
            <span class="timeline-at">{ clock::time_of_day(entry.at) }</span>
            { " " }
            { happening(entry.what) }
        </li>
    }
}
