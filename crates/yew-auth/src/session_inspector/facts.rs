//! The present state of the session.

use yew::prelude::*;

use super::text::{end, lead, moment, obstacle};
use crate::driver::PrefetchOutcome;
use yew_auth_session::{Connection, EndCause, InspectedSession, Inspection, RefreshProgress, Timestamp};

pub(super) fn view(inspection: &Inspection, prefetch: Option<PrefetchOutcome>, now: Timestamp) -> Html {
    let refresh = match inspection.refresh {
        RefreshProgress::DueAt(at) => due(at, now),
        RefreshProgress::Resting => "None planned".to_owned(),
        RefreshProgress::AwaitingLock => "Waiting for the lock".to_owned(),
        RefreshProgress::OnItsWay => "In flight".to_owned(),
    };
    let connection = match inspection.connection {
        Connection::Good => "Good".to_owned(),
        Connection::Degraded(cause) => format!("Degraded: {}", obstacle(cause)),
    };
    html! {
        <dl class="yew-auth-inspector-facts">
            {
                match &inspection.session {
                    None => fact("Signed in", "Not known yet".to_owned()),
                    Some(Err(reason)) => fact("Signed in", format!("No: {}", end(*reason))),
                    Some(Ok(session)) => of_session(session, now),
                }
            }
            { fact("Next refresh", refresh) }
            if let Some(idle) = inspection.planned_end.filter(|end| end.cause == EndCause::Idle) {
                { fact("Ends if idle", moment(idle.at, now)) }
            }
            { fact("Connection", connection) }
            if let Some(outcome) = prefetch {
                { fact("Early request", outcome.to_string()) }
            }
            { fact("Session version", inspection.generation.get().to_string()) }
        </dl>
    }
}

fn due(at: Timestamp, now: Timestamp) -> String {
    if at > now { moment(at, now) } else { "Due now".to_owned() }
}

fn of_session(session: &InspectedSession, now: Timestamp) -> Html {
    let at = |at: Option<Timestamp>| at.map_or_else(|| "Unknown".to_owned(), |at| moment(at, now));
    let tokens = match session.is_in_cookies {
        true => "In HttpOnly cookies, which scripts cannot read",
        false => "Held by the page: access [redacted], refresh [redacted]",
    };
    let uncertainty = match session.uncertainty {
        Some(uncertainty) => format!("± {} ms; the times in a token are whole seconds", uncertainty.as_millis()),
        None => "accuracy unknown".to_owned(),
    };
    let clock = format!("{} the server's, {uncertainty}", lead(session.skew.as_millis(), "ahead of", "behind"));
    let user = &session.user;
    let name = if user.username.is_empty() { &user.id } else { &user.username };
    html! {
        <>
            { fact("Signed in", format!("{} ({name})", user.display_name())) }
            { fact("Since", at(session.signed_in_at)) }
            { fact("Tokens", tokens.to_owned()) }
            { fact("Access expires", at(session.access_expires_at)) }
            { fact("Refresh expires", at(session.refresh_expires_at)) }
            { fact("Session ends", at(session.session_ends_at)) }
            { fact("This clock", clock) }
        </>
    }
}

fn fact(name: &'static str, value: String) -> Html {
    html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
}
