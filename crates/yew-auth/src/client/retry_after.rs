//! `Retry-After` (RFC 9110 section 10.2.3).

use std::time::Duration;

use yew_auth_session::Timestamp;

/// How long the header asks to wait: a number of seconds, or a date, which is on the server's clock like `now`. `None`
/// for any other text (RFC 9110 section 10.2.3).
pub(super) fn retry_after(
    text: &str,
    now: Timestamp,
    parse_date: impl Fn(&str) -> Option<Timestamp>,
) -> Option<Duration> {
    let text = text.trim_ascii();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::from(u32::MAX))));
    }
    // An HTTP date has letters and a colon. Without this check browsers would read "garbage 7" as a year.
    let is_date = text.bytes().any(|byte| byte.is_ascii_alphabetic()) && text.contains(':');
    let date = is_date.then(|| parse_date(text)).flatten()?;
    Some(date.duration_since(now))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<Duration> {
        let noon = Timestamp::from_secs(1_000_000);
        retry_after(text, noon, |text| text.starts_with("Thu").then_some(noon + Duration::from_secs(90)))
    }

    #[test]
    fn f4_retry_after_is_seconds_or_a_date() {
        assert_eq!(read("7"), Some(Duration::from_secs(7)));
        assert_eq!(read(" 0 "), Some(Duration::ZERO));
        assert_eq!(read("Thu, 01 Jan 2026 00:01:30 GMT"), Some(Duration::from_secs(90)));
    }

    #[test]
    fn f4_garbage_is_ignored_and_a_huge_number_does_not_overflow() {
        for text in ["", "-7", "7.5", "soon", "Fri, 99 Foo", "NaN", "1e9"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read("99999999999999999999999").is_some());
        assert!(read("1000000000").is_some());
    }

    #[test]
    fn f4_a_date_in_the_past_is_no_wait() {
        let now = Timestamp::from_secs(5_000);
        let past = |_: &str| Some(Timestamp::from_secs(1));
        assert_eq!(retry_after("Thu, 01 Jan 1970 00:00:01 GMT", now, past), Some(Duration::ZERO));
    }

    #[test]
    fn f4_hostile_values_are_ignored_or_do_not_overflow() {
        for text in ["\0", "７", "٧", "0x10", "+5", "1 2", "5,5", "∞", ":", "a:", "-0", "1_000"] {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["18446744073709551615", "18446744073709551616", "0000000000000000000000000000007"] {
            assert!(read(text).is_some(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn f4_no_text_and_no_date_make_the_reader_panic(text in any::<String>(), now in any::<i64>(), date in any::<i64>()) {
            let date = |_: &str| Some(Timestamp::from_millis(date));
            let _ = retry_after(&text, Timestamp::from_millis(now), date);
        }

        #[test]
        fn f4_whatever_is_all_digits_is_a_wait(text in "[0-9]{1,40}") {
            prop_assert!(read(&text).is_some());
        }
    }
}
