//! What the app says about durations, failures and ended sessions.

use std::time::Duration;

use yew_auth::{Degradation, RedirectError, Rejection, RequestError, SignOutReason};

/// What keeps the session from being refreshed.
pub fn degradation(cause: Degradation) -> &'static str {
    match cause {
        Degradation::Offline => "You are offline.",
        Degradation::Unreachable => "The server cannot be reached.",
        Degradation::TimedOut => "The server does not answer in time.",
        Degradation::RateLimited => "The server is busy.",
        _ => "The server has a problem.",
    }
}

/// What to do when the session cannot be kept.
pub const NO_COOKIES: &str = "This browser does not keep the app's cookies, so you cannot stay signed in. \
                          Allow cookies for this site in the browser's settings, then sign in.";

const NOT_SET_UP: &str = "The server is not set up for this app. Please tell the people who run it.";

/// Why the session has ended, unless there never was one.
pub fn sign_out(reason: SignOutReason) -> Option<&'static str> {
    match reason {
        SignOutReason::NeverSignedIn => None,
        SignOutReason::SignedOut => Some("You are signed out."),
        SignOutReason::SignedOutInAnotherTab => Some("You signed out in another tab."),
        SignOutReason::Expired => Some("You were away for so long that your session has ended."),
        SignOutReason::Revoked => Some("The server has ended your session."),
        SignOutReason::Idle => Some("You were inactive for a while, so you were signed out."),
        SignOutReason::AbsoluteEnd => Some("Your session has reached its end. Sign in again to go on."),
        SignOutReason::CookiesNotKept => Some(NO_COOKIES),
        SignOutReason::NewerRelease => Some("The app has been updated. Reload the page to go on."),
        _ => Some("Your session has ended."),
    }
}

/// Why a request failed. What helps depends on who tries again: see [`form`].
pub fn request(error: &RequestError) -> String {
    match error {
        RequestError::Offline => "You are offline.".to_owned(),
        RequestError::Unreachable => "The server cannot be reached.".to_owned(),
        RequestError::TimedOut => "The server did not answer in time.".to_owned(),
        RequestError::Status(rejection) => rejected(rejection),
        RequestError::UnexpectedBody(_) => "The server sent something the app cannot read.".to_owned(),
        RequestError::Misconfigured(_) | RequestError::Unsupported => NOT_SET_UP.to_owned(),
        RequestError::TooLarge => "The server sent more than the app can take.".to_owned(),
        RequestError::CookiesBlocked => NO_COOKIES.to_owned(),
        RequestError::SignedOut(reason) => sign_out(*reason).unwrap_or("You are not signed in.").to_owned(),
        _ => "The request could not be sent.".to_owned(),
    }
}

/// Why the page could not leave for a provider, and what the person can do.
pub fn redirect(error: RedirectError) -> &'static str {
    match error {
        RedirectError::CookiesBlocked => NO_COOKIES,
        RedirectError::NoStorage => {
            "This browser does not let the app store anything, so it would not know you when you come back from the \
             provider. Allow site data for this site in the browser's settings, or sign in with a password."
        }
        RedirectError::NoCrypto => "A provider can be opened over a secure connection only. Sign in with a password.",
        _ => "The provider could not be opened. Sign in with a password, and tell the people who run this app.",
    }
}

/// Why a form could not be sent, and what the person can do.
pub fn form(error: &RequestError) -> String {
    let help = match error {
        error if error.is_transient() => match error.retry_after() {
            Some(wait) => format!(" Try again in {}.", duration(wait)),
            None => " Try again in a moment.".to_owned(),
        },
        RequestError::SignedOut(_)
        | RequestError::CookiesBlocked
        | RequestError::Misconfigured(_)
        | RequestError::Unsupported => String::new(),
        RequestError::Status(rejection) if rejection.words().is_some() => String::new(),
        _ => " Reload the page, then try again.".to_owned(),
    };
    request(error) + &help
}

/// Why a name and a password were refused, and what the person can do. `None` if the refusal is about something else.
pub fn refused_credentials(error: &RequestError) -> Option<String> {
    match error {
        RequestError::Status(rejection) if matches!(rejection.status, 400 | 401) => Some(match rejection.words() {
            Some(words) => words + " Check the name and the password.",
            None => "The name or the password is wrong. Check both, then try again.".to_owned(),
        }),
        _ => None,
    }
}

fn rejected(rejection: &Rejection) -> String {
    match rejection.status {
        429 => "Too many attempts.".to_owned(),
        status @ 500.. => format!("The server cannot answer at the moment (status {status})."),
        status => rejection.words().unwrap_or_else(|| format!("The server refused (status {status}).")),
    }
}

/// A duration in one unit, rounded.
pub fn duration(duration: Duration) -> String {
    let secs = duration.as_secs();
    let in_units_of = |unit: u64| (secs + unit / 2) / unit;
    match secs {
        0..=1 => "a second".to_owned(),
        2..90 => format!("{secs} seconds"),
        90..5_400 => format!("{} minutes", in_units_of(60)),
        5_400..129_600 => format!("{} hours", in_units_of(3_600)),
        _ => format!("{} days", in_units_of(86_400)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: u16, body: &str, retry_after: Option<u64>) -> RequestError {
        RequestError::Status(Rejection::read(status, body.as_bytes(), retry_after.map(Duration::from_secs)))
    }

    #[test]
    fn a_duration_is_told_in_one_unit_and_rounded() {
        let told = [
            (0, "a second"),
            (1, "a second"),
            (2, "2 seconds"),
            (89, "89 seconds"),
            (90, "2 minutes"),
            (149, "2 minutes"),
            (150, "3 minutes"),
            (5_399, "90 minutes"),
            (5_400, "2 hours"),
            (129_599, "36 hours"),
            (129_600, "2 days"),
            (2_592_000, "30 days"),
        ];
        for (secs, expected) in told {
            assert_eq!(duration(Duration::from_secs(secs)), expected, "{secs} s");
        }
        assert_eq!(duration(Duration::from_millis(7_999)), "7 seconds");
    }

    #[test]
    fn f4_a_form_that_was_sent_too_often_says_when_to_try_again() {
        assert_eq!(form(&status(429, "", Some(7))), "Too many attempts. Try again in 7 seconds.");
        assert_eq!(form(&status(429, "", None)), "Too many attempts. Try again in a moment.");
        assert_eq!(
            form(&status(503, "", Some(120))),
            "The server cannot answer at the moment (status 503). Try again in 2 minutes."
        );
    }

    #[test]
    fn the_backend_explains_a_refusal_in_its_own_words() {
        let refused = status(403, r#"{"detail": "This account is locked."}"#, None);
        assert_eq!(form(&refused), "This account is locked.");
        let fields = status(400, r#"{"email": ["Enter an address.", "It is needed."]}"#, None);
        assert_eq!(form(&fields), "Enter an address. It is needed.");
        assert_eq!(form(&status(404, "", None)), "The server refused (status 404). Reload the page, then try again.");
    }

    #[test]
    fn only_400_and_401_are_about_the_name_and_the_password() {
        let wrong = status(400, r#"{"non_field_errors": ["Unable to log in."]}"#, None);
        assert_eq!(refused_credentials(&wrong).as_deref(), Some("Unable to log in. Check the name and the password."));
        assert!(refused_credentials(&status(401, "", None)).is_some());
        assert_eq!(refused_credentials(&status(403, "", None)), None);
        assert_eq!(refused_credentials(&RequestError::Offline), None);
    }

    #[test]
    fn somebody_who_was_never_signed_in_reads_nothing_of_an_ended_session() {
        assert_eq!(sign_out(SignOutReason::NeverSignedIn), None);
        assert_eq!(request(&RequestError::SignedOut(SignOutReason::NeverSignedIn)), "You are not signed in.");
    }
}
