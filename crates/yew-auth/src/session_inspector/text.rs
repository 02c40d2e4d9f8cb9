//! Times and causes as text.

use crate::browser::clock;
use yew_auth_session::{Degradation, JournalEvent, SignOutReason, Timestamp};

/// A duration in its two largest units.
pub(super) fn span(secs: u64) -> String {
    let (days, hours, minutes, rest) = (secs / 86_400, secs / 3_600 % 24, secs / 60 % 60, secs % 60);
    match secs {
        0..60 => format!("{rest} s"),
        60..3_600 => format!("{minutes} min {rest} s"),
        3_600..86_400 => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}

/// A time of day, its date if that is not today, and how far it is from now.
pub(super) fn moment(at: Timestamp, now: Timestamp) -> String {
    let distance = if at > now {
        format!("in {}", span(at.duration_since(now).as_secs()))
    } else {
        format!("{} ago", span(now.duration_since(at).as_secs()))
    };
    let (time, day) = (clock::time_of_day(at), clock::day(at));
    if day == clock::day(now) { format!("{time}, {distance}") } else { format!("{time} on {day}, {distance}") }
}

/// A signed number of milliseconds, with its direction in words.
pub(super) fn lead(millis: i64, forwards: &str, back: &str) -> String {
    let (length, direction) = (millis.unsigned_abs(), if millis < 0 { back } else { forwards });
    match length {
        0..10_000 => format!("{length} ms {direction}"),
        _ => format!("{} {direction}", span(length / 1_000)),
    }
}

pub(super) fn journal_event(what: JournalEvent) -> String {
    match what {
        JournalEvent::Started => "The page started".to_owned(),
        JournalEvent::SignedIn => "Signed in".to_owned(),
        JournalEvent::SignedOut(reason) => format!("The session ended: {}", end(reason)),
        JournalEvent::RefreshSent => "Refresh sent".to_owned(),
        JournalEvent::Refreshed(generation) => format!("Refreshed: now at version {}", generation.get()),
        JournalEvent::RefreshFailed(cause, None) => format!("Refresh failed: {}", obstacle(cause)),
        JournalEvent::RefreshFailed(cause, Some(at)) => {
            format!("Refresh failed: {}; next try at {}", obstacle(cause), clock::time_of_day(at))
        }
        JournalEvent::TokenRefused => "The API refused the access token".to_owned(),
        JournalEvent::LockBusy => "Another tab holds the refresh lock".to_owned(),
        JournalEvent::LockStolen => {
            "The holder of the refresh lock does not respond; the lock was taken from it".to_owned()
        }
        JournalEvent::Adopted(generation) => format!("Took over session version {} from another tab", generation.get()),
        JournalEvent::SkewFound(skew) => {
            format!("This machine's clock is {} the server's", lead(skew.as_millis(), "ahead of", "behind"))
        }
        JournalEvent::ClockJumped(millis) => format!("The clock jumped {}", lead(millis, "forwards", "back")),
        JournalEvent::Woke => "The page woke up".to_owned(),
        JournalEvent::WentOffline => "Offline".to_owned(),
        JournalEvent::CameOnline => "Online".to_owned(),
    }
}

pub(super) fn end(reason: SignOutReason) -> &'static str {
    match reason {
        SignOutReason::SignedOut => "you signed out",
        SignOutReason::SignedOutInAnotherTab => "you signed out in another tab",
        SignOutReason::Expired => "the refresh token had expired",
        SignOutReason::Revoked => "the backend refused to renew the session",
        SignOutReason::Idle => "you were inactive",
        SignOutReason::AbsoluteEnd => "it reached its time limit",
        SignOutReason::CookiesNotKept => "the browser did not keep its cookies",
        SignOutReason::NewerRelease => "the session belongs to a newer release of the app",
        _ => "you have not signed in",
    }
}

pub(super) fn obstacle(cause: Degradation) -> &'static str {
    match cause {
        Degradation::Offline => "offline",
        Degradation::TimedOut => "no answer in time",
        Degradation::RateLimited => "too many requests",
        Degradation::BadAnswer => "unreadable answer",
        _ => "the backend cannot be reached",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_its_two_largest_units() {
        assert_eq!(
            [0, 59, 61, 3_599, 3_600, 86_399, 90_000].map(span),
            ["0 s", "59 s", "1 min 1 s", "59 min 59 s", "1 h 0 min", "23 h 59 min", "1 d 1 h"]
        );
    }

    #[test]
    fn a_lead_says_its_direction() {
        assert_eq!(lead(-240, "ahead", "behind"), "240 ms behind");
        assert_eq!(lead(3_600_000, "ahead", "behind"), "1 h 0 min ahead");
    }
}
