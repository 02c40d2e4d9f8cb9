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
            refresh: Some(RefreshToken::new("canary.refresh").unwrap()),
        },
        access_issued_at: Timestamp::from_secs(1),
        access_expires_at: Some(Timestamp::from_secs(301)),
        refresh_expires_at: None,
        refresh_end_is_fixed: false,
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
        pending_sign_ins: Vec::new(),
    }
}

#[test]
fn a_record_survives_being_stored() {
    let record = signed_in();
    assert_eq!(read(&text(&record)), Stored::Present(Box::new(record)));
}

#[test]
fn a_refresh_token_that_ends_by_then_or_with_its_issue_puts_no_end_to_the_access_token() {
    let good_until = |refresh_end, server_now| {
        let RecordStatus::SignedIn(mut session) = signed_in().status else { unreachable!("somebody is signed in") };
        session.refresh_expires_at = Some(Timestamp::from_secs(refresh_end));
        session.is_good_until(Timestamp::from_secs(server_now))
    };
    let access_end = Some(Timestamp::from_secs(301));
    assert_eq!(good_until(100, 99), Some(Timestamp::from_secs(100)));
    assert_eq!(good_until(100, 100), access_end, "it has ended");
    assert_eq!(good_until(2, 0), Some(Timestamp::from_secs(2)));
    assert_eq!(good_until(1, 0), access_end, "it had ended when the access token was issued");
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
        SignOutReason::CookiesNotKept,
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
    assert_eq!(read(&text(&record)), Stored::Present(Box::new(record.clone())));
    let id: SessionId = "0123456789abcdef0123456789abcdef".parse().unwrap();
    let RecordStatus::SignedIn(session) = &mut record.status else { unreachable!("somebody is signed in") };
    session.credentials = Credentials::SessionCookie { session: id.clone() };
    record.revocations = vec![Revocation::Session(id)];
    record.pending_sign_ins = vec![PendingSignIn { attempt: crate::SignInId::new("\"\u{1f600}"), cancelled: true }];
    assert_eq!(read(&text(&record)), Stored::Present(Box::new(record)));
}

/// As the releases before wrote it; fuzz/seeds has the same texts.
#[test]
fn a_record_of_schema_1_is_read() {
    let session = |credentials: &str| {
        format!(
            r#"{{"schema":1,"record":{{"generation":3,"status":{{"signed_in":{{"user":{{"id":"1","username":"demo","email":"","first_name":"","last_name":""}},"credentials":{credentials},"access_issued_at":1800000000000,"access_expires_at":1800000300000,"refresh_expires_at":1800604800000,"session_ends_at":1802592000000,"clock":{{"skew":-7,"uncertainty":{{"secs":0,"nanos":5000000}},"measured_at":1800000000000}}}}}},"hold":{{"number":1,"until":1800000031000,"since":1800000000000}},"active_at":null,"revocations":["cookie",{{"token":"g.h.i"}}]}}}}"#
        )
    };
    let read = |text: &str| match read(text) {
        Stored::Present(record) => *record,
        other => panic!("{other:?}"),
    };
    let bearer = read(&session(r#"{"bearer":{"access":"a.b.c","refresh":"d.e.f"}}"#));
    assert_eq!(bearer.session().unwrap().credentials.refresh_token().unwrap().secret(), "d.e.f");
    assert_eq!(bearer.refresh_pause.unwrap().length(), Duration::from_secs(31));
    assert_eq!(bearer.session().unwrap().clock.skew().as_millis(), -7);
    assert_eq!(bearer.session().unwrap().clock.uncertainty(), Some(Duration::from_millis(5)));
    assert_eq!(bearer.revocations, [Revocation::Cookie, Revocation::Token(RefreshToken::new("g.h.i").unwrap())]);
    assert_eq!(read(&session(r#""cookie""#)).session().unwrap().credentials, Credentials::Cookie);
    let signed_out = r#"{"schema":1,"record":{"generation":18446744073709551615,"status":{"signed_out":"revoked"}}}"#;
    assert_eq!(read(signed_out).status, RecordStatus::SignedOut(SignOutReason::Revoked));
    let empty = r#"{"schema":1,"record":{"generation":0,"status":"empty","revocations":[]}}"#;
    assert_eq!(read(empty), SessionRecord::default());
}

#[test]
fn of_one_generation_nothing_that_two_tabs_have_to_revoke_is_forgotten() {
    let (mut ours, mut theirs) = (signed_in(), signed_in());
    let id = |digit: &str| Revocation::Session(digit.repeat(32).parse().unwrap());
    ours.revocations = vec![id("a"), id("b")];
    theirs.revocations = vec![id("b"), id("c")];
    theirs.pending_sign_ins = vec![PendingSignIn { attempt: crate::SignInId::new("1"), cancelled: false }];
    let written = Box::new(ours).replacing(&Stored::Present(Box::new(theirs.clone()))).unwrap();
    assert_eq!(written.revocations, [id("a"), id("b"), id("c")]);
    assert_eq!(written.pending_sign_ins, theirs.pending_sign_ins);
}

#[test]
fn t1_debug_of_a_record_prints_no_token() {
    assert!(!format!("{:?}", signed_in()).contains("canary"));
}

#[test]
fn f14_a_newer_schema_is_told_from_a_corrupt_record() {
    assert_eq!(read(r#"{"schema":3,"record":{"whatever":1}}"#), Stored::Newer);
    assert_eq!(read(&text(&signed_in()).replace("\"schema\":2", "\"schema\":7")), Stored::Newer);
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
        good.replace("\"schema\":2", "\"schema\":1.0"),
        good.replace("\"schema\":2", "\"schema\":-1"),
        good.replace("\"schema\":2", "\"schema\":0"),
        good.replace("\"schema\":2", "\"schema\":2,\"schema\":2"),
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
fn a_generation_is_shown_as_its_number() {
    assert_eq!(Generation::from(7).get(), 7);
}

#[test]
fn nobody_writes_over_a_newer_record_or_over_another_change_of_the_same_generation() {
    let ours = || Box::new(signed_in());
    let found = |generation: u64, status: RecordStatus| {
        Stored::Present(Box::new(SessionRecord { generation: Generation::from(generation), status, ..signed_in() }))
    };
    let signed_out = RecordStatus::SignedOut(SignOutReason::SignedOut);
    assert_eq!(ours().replacing(&found(4, ours().status)), None);
    assert_eq!(ours().replacing(&found(3, signed_out.clone())), None);
    assert_eq!(ours().replacing(&found(4, signed_out.clone())), None);
    assert_eq!(ours().replacing(&found(2, signed_out)), Some(ours()));
    assert_eq!(ours().replacing(&found(3, ours().status)), Some(ours()));
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
