//! What the app says when something did not go as it should.

use std::time::Duration;

use yew_auth::{Degradation, Rejection, RequestError, SignOutReason};

/// What stands in the way of the session's renewal.
pub fn degradation(cause: Degradation) -> &'static str {
    match cause {
        Degradation::Offline => "You are offline.",
        Degradation::Unreachable => "The server cannot be reached.",
        Degradation::TimedOut => "The server does not answer in time.",
        Degradation::RateLimited => "The server is busy.",
        _ => "The server has a problem.",
    }
}

/// Why nobody is signed in any more; `None` where there is nothing to explain.
pub fn sign_out(reason: SignOutReason) -> Option<&'static str> {
    match reason {
        SignOutReason::NeverSignedIn => None,
        SignOutReason::SignedOut => Some("You are signed out."),
        SignOutReason::SignedOutInAnotherTab => Some("You signed out in another tab."),
        SignOutReason::Expired => Some("You were away for so long that your session has ended."),
        SignOutReason::Revoked => Some("The server has ended your session."),
        SignOutReason::Idle => Some("You were inactive for a while, so you were signed out."),
        SignOutReason::AbsoluteEnd => Some("Your session has reached its end. Sign in again to go on."),
        SignOutReason::NewerRelease => Some("The app has been updated. Reload the page to go on."),
        _ => Some("Your session has ended."),
    }
}

/// Why a request failed, as one sentence or two. What helps depends on who tries again, the person or the app.
pub fn request(error: &RequestError) -> String {
    match error {
        RequestError::Offline => "You are offline.".to_owned(),
        RequestError::Unreachable => "The server cannot be reached.".to_owned(),
        RequestError::TimedOut => "The server did not answer in time.".to_owned(),
        RequestError::Status(rejection) => rejected(rejection),
        RequestError::UnexpectedBody => "The server sent something the app cannot read.".to_owned(),
        RequestError::TooLarge => "The server sent more than the app can take.".to_owned(),
        RequestError::SignedOut(reason) => sign_out(*reason).unwrap_or("You are not signed in.").to_owned(),
        _ => "The request could not be sent.".to_owned(),
    }
}

/// Why a form could not be sent, and what helps.
pub fn form(error: &RequestError) -> String {
    let help = match error {
        error if error.is_transient() && error.retry_after().is_some() => " Try again after that.",
        error if error.is_transient() => " Try again in a moment.",
        RequestError::SignedOut(_) => "",
        RequestError::Status(rejection) if reasons(rejection).is_some() => "",
        _ => " Reload the page, then try again.",
    };
    request(error) + help
}

/// Why a name and a password were refused, and what helps.
pub fn refused_credentials(rejection: &Rejection) -> String {
    match reasons(rejection) {
        Some(reasons) => reasons + " Check the name and the password.",
        None => "The name or the password is wrong. Check both, then try again.".to_owned(),
    }
}

/// Whether the backend has read what was typed, and said no.
pub fn refuses_credentials(rejection: &Rejection) -> bool {
    matches!(rejection.status, 400 | 401)
}

fn rejected(rejection: &Rejection) -> String {
    let status = rejection.status;
    match (status, rejection.retry_after) {
        (429, Some(wait)) => format!("Too many tries. The server asks for a pause of {}.", duration(wait)),
        (429, None) => "Too many tries. The server asks for a pause.".to_owned(),
        (500.., Some(wait)) => format!("The server cannot answer for another {}.", duration(wait)),
        (500.., None) => format!("The server cannot answer at the moment (status {status})."),
        _ => reasons(rejection).unwrap_or_else(|| format!("The server refused (status {status}).")),
    }
}

/// The backend's own words, where it has any.
fn reasons(rejection: &Rejection) -> Option<String> {
    let of_fields = rejection.fields.iter().flat_map(|(_, messages)| messages);
    let all: Vec<&str> = rejection.detail.iter().chain(of_fields).map(String::as_str).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// A length of time as people say it: one number, rounded.
pub fn duration(length: Duration) -> String {
    let secs = length.as_secs();
    let in_units_of = |unit: u64| (secs + unit / 2) / unit;
    match secs {
        0..=1 => "a second".to_owned(),
        2..90 => format!("{secs} seconds"),
        90..5_400 => format!("{} minutes", in_units_of(60)),
        5_400..129_600 => format!("{} hours", in_units_of(3_600)),
        _ => format!("{} days", in_units_of(86_400)),
    }
}
