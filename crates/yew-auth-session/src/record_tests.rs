use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Stored {
    Stored::classify(serde_json::from_str(text), || serde_json::from_str(text))
}

fn text(record: &SessionRecord) -> String {
    serde_json::to_string(&StoredRecord::new(record)).unwrap()
}

fn signed_in() -> SessionRecord {
    let session = StoredSession {
        user: User::new("1", "demo"),
        credentials: Credentials::Bearer {
            access: crate::AccessToken::new("canary.access").unwrap(),
            refresh: RefreshToken::new("canary.refresh").unwrap(),
        },
        access_issued_at: Timestamp::from_secs(1),
        access_expires_at: Some(Timestamp::from_secs(301)),
        refresh_expires_at: None,
        session_ends_at: None,
        signed_in_at: Some(Timestamp::from_secs(1)),
        clock: ClockEstimate::default(),
    };
    SessionRecord {
        generation: Generation::from(3),
        status: RecordStatus::SignedIn(Box::new(session)),
        refresh_pause: Some(RefreshPause {
            number: 1,
            until: Timestamp::from_secs(32),
            since: Timestamp::from_secs(1),
        }),
        active_at: None,
        revocations: vec![Revocation::Cookie],
    }
}

#[test]
fn a_record_survives_being_stored() {
    let record = signed_in();
    assert_eq!(read(&text(&record)), Stored::Present(Box::new(record)));
}

#[test]
fn every_reason_and_whatever_a_person_is_called_survive_being_stored() {
    let reasons = [
        SignOutReason::NeverSignedIn,
        SignOutReason::SignedOut,
        SignOutReason::SignedOutInAnotherTab,
        SignOutReason::Expired,
        SignOutReason::Revoked,
        SignOutReason::Idle,
        SignOutReason::AbsoluteEnd,
        SignOutReason::NewerRelease,
    ];
    let mut record = signed_in();
    for reason in reasons {
        record.status = RecordStatus::SignedOut(reason);
        assert_eq!(read(&text(&record)), Stored::Present(Box::new(record.clone())));
    }
    let RecordStatus::SignedIn(mut session) = signed_in().status else { unreachable!("somebody is signed in") };
    session.user.first_name = "\"\\\u{1}é\u{1f600}".to_owned();
    session.credentials = Credentials::Cookie;
    session.clock = session.clock.doubted();
    record.status = RecordStatus::SignedIn(session);
    record.revocations = vec![Revocation::Token(RefreshToken::new("canary.refresh").unwrap()), Revocation::Cookie];
    assert_eq!(read(&text(&record)), Stored::Present(Box::new(record)));
}

#[test]
fn t1_debug_of_a_record_prints_no_token() {
    assert!(!format!("{:?}", signed_in()).contains("canary"));
}

#[test]
fn f14_a_newer_schema_is_told_from_a_corrupt_record() {
    assert_eq!(read(r#"{"schema":2,"record":{"whatever":1}}"#), Stored::Newer);
    assert_eq!(read(&text(&signed_in()).replace("\"schema\":1", "\"schema\":7")), Stored::Newer);
    for text in
        ["", "null", "{}", "[1]", r#"{"schema":1}"#, r#"{"schema":"1"}"#, r#"{"schema":1,"record":{}}"#, "\u{0}"]
    {
        assert_eq!(read(text), Stored::Corrupt, "{text}");
    }
}

#[test]
fn f14_hostile_records_are_corrupt_or_what_they_say() {
    let good = text(&signed_in());
    let deep = format!(r#"{{"schema":1,"record":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let corrupt = [
        deep,
        good.replace("\"schema\":1", "\"schema\":1.0"),
        good.replace("\"schema\":1", "\"schema\":-1"),
        good.replace("\"schema\":1", "\"schema\":1,\"schema\":1"),
        good.replace("\"generation\":3", "\"generation\":-3"),
        good.replace("\"generation\":3", "\"generation\":18446744073709551616"),
        good.replace("\"generation\":3", "\"generation\":\"3\""),
        good.replace("signed_in", "signed_up"),
        good.replace("301000", "1e308"),
        good.replace("demo", "\\ud800"),
        good.replace("canary.refresh", ""),
        good.replace("canary.refresh", &"r".repeat(1 << 20)),
        good.replace("\"cookie\"", "\"cake\""),
        format!("{good}{good}"),
        format!("\u{feff}{good}"),
        good[..good.len() - 1].to_owned(),
    ];
    for text in corrupt {
        assert_eq!(read(&text), Stored::Corrupt, "{text:.200}");
    }
    let unknown_members = good.replace("\"generation\":3", "\"generation\":3,\"__proto__\":{\"a\":[1]}");
    assert_eq!(read(&unknown_members), Stored::Present(Box::new(signed_in())));
}

#[test]
fn f14_a_stored_token_that_is_none_makes_the_record_corrupt() {
    let text = text(&signed_in()).replace("canary.access", "canary\\naccess");
    assert_eq!(read(&text), Stored::Corrupt);
}

#[test]
fn f10_a_pause_is_never_longer_than_it_was_to_be_wherever_the_clock_goes() {
    let pause = signed_in().refresh_pause.unwrap();
    let left = |secs| pause.left(Timestamp::from_secs(secs));
    assert_eq!((left(10), left(1), left(33)), (Duration::from_secs(22), Duration::from_secs(31), Duration::ZERO));
    assert_eq!(left(-3_600), Duration::from_secs(31));
}

#[test]
fn a_writer_that_knows_only_an_older_pause_leaves_the_newer_one() {
    let older = signed_in();
    let mut newer = signed_in();
    newer.refresh_pause =
        Some(RefreshPause { number: 2, until: Timestamp::from_secs(5), since: Timestamp::from_secs(4) });
    let written = Box::new(older).replacing(&Stored::Present(Box::new(newer.clone()))).unwrap();
    assert_eq!(written.refresh_pause, newer.refresh_pause);
}

proptest! {
    #[test]
    fn f14_no_text_makes_the_reader_panic(text in any::<String>()) {
        let _ = read(&text);
    }

    #[test]
    fn f14_no_cut_or_changed_record_makes_the_reader_panic(cut in 0usize..600, at in 0usize..600, byte in any::<char>()) {
        let mut text: Vec<char> = text(&signed_in()).chars().collect();
        text.truncate(cut.max(1));
        let at = at % text.len();
        text[at] = byte;
        let _ = read(&text.into_iter().collect::<String>());
    }
}

#[test]
fn a_record_of_a_release_that_did_not_keep_the_sign_ins_time_is_read() {
    let text = text(&signed_in()).replace(r#""signed_in_at":1000,"#, "");
    let Stored::Present(record) = read(&text) else { panic!("{text}") };
    assert_eq!(record.session().unwrap().signed_in_at, None);
}
