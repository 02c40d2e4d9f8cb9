use proptest::prelude::*;

use super::*;

const START: Timestamp = Timestamp::from_secs(1000);
const ISSUER: &str = "https://id.example";

fn pending() -> PendingAuthorization {
    PendingAuthorization {
        provider: "dev".to_owned(),
        issuer: Some(ISSUER.to_owned()),
        sends_issuer: true,
        provider_session: None,
        state: "the-state".to_owned(),
        nonce: "canary".to_owned(),
        verifier: "canary".to_owned(),
        return_to: ReturnPath::new("/posts"),
        started_at: START,
    }
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn answer(code: &[&str], state: &[&str], error: &[&str]) -> CallbackQuery {
    let (code, state, error) = (owned(code), owned(state), owned(error));
    CallbackQuery { code, state, error, error_description: Vec::new(), iss: owned(&[ISSUER]) }
}

fn answer_of(iss: &[&str]) -> CallbackQuery {
    CallbackQuery { iss: owned(iss), ..answer(&["c"], &["the-state"], &[]) }
}

fn accept(answer: &CallbackQuery) -> Result<String, CallbackError> {
    pending().accept(answer, "dev", START)
}

#[test]
fn the_answer_to_the_pending_authorization_is_accepted() {
    assert_eq!(accept(&answer(&["c"], &["the-state"], &[])), Ok("c".to_owned()));
}

#[test]
fn o3_a_missing_wrong_or_doubled_state_or_code_is_refused() {
    let bad: [[&[&str]; 2]; 11] = [
        [&["c"], &[]],
        [&["c"], &[""]],
        [&["c"], &["other"]],
        [&["c"], &["the-stat"]],
        [&["c"], &["the-state\0"]],
        [&["c"], &["THE-STATE"]],
        [&["c"], &["the-state", "the-state"]],
        [&["c"], &["__proto__"]],
        [&[], &["the-state"]],
        [&[""], &["the-state"]],
        [&["c", "d"], &["the-state"]],
    ];
    for [code, state] in bad {
        let refused = accept(&answer(code, state, &[]));
        assert_eq!(refused, Err(CallbackError::NotRequested), "{code:?} {state:?}");
    }
}

#[test]
fn o5_an_answer_on_another_providers_callback_is_refused() {
    let answer = answer(&["c"], &["the-state"], &[]);
    assert_eq!(pending().accept(&answer, "google", START), Err(CallbackError::NotRequested));
}

#[test]
fn o6_a_wrong_doubled_or_missing_issuer_is_refused() {
    let evil = ["https://evil.example", "https://id.example/", "https://ID.example", "", "__proto__"];
    for iss in evil {
        assert_eq!(accept(&answer_of(&[iss])), Err(CallbackError::WrongIssuer), "{iss}");
    }
    assert_eq!(accept(&answer_of(&[])), Err(CallbackError::WrongIssuer));
    assert_eq!(accept(&answer_of(&[ISSUER, ISSUER])), Err(CallbackError::WrongIssuer));
}

#[test]
fn o6_an_issuer_that_is_known_must_be_right_even_where_it_need_not_be_sent() {
    let quiet = PendingAuthorization { sends_issuer: false, ..pending() };
    let accept = |iss: &[&str]| quiet.accept(&answer_of(iss), "dev", START);
    assert!(accept(&[]).is_ok() && accept(&[ISSUER]).is_ok());
    assert_eq!(accept(&["https://evil.example"]), Err(CallbackError::WrongIssuer));
}

#[test]
fn o6_a_provider_that_announces_an_unknown_issuer_is_never_accepted() {
    let unknown = PendingAuthorization { issuer: None, ..pending() };
    for iss in [&[][..], &[ISSUER]] {
        assert_eq!(unknown.accept(&answer_of(iss), "dev", START), Err(CallbackError::WrongIssuer));
    }
    let stock = PendingAuthorization { issuer: None, sends_issuer: false, ..pending() };
    assert!(stock.accept(&answer_of(&[ISSUER]), "dev", START).is_ok());
}

#[test]
fn o6_an_error_of_another_issuer_is_not_shown_as_the_providers() {
    let forged = CallbackQuery { iss: owned(&["https://evil.example"]), ..answer(&[], &["the-state"], &["call 555"]) };
    assert_eq!(accept(&forged), Err(CallbackError::WrongIssuer));
}

#[test]
fn o1_an_answer_after_ten_minutes_or_from_before_the_request_is_refused() {
    let answer = answer(&["c"], &["the-state"], &[]);
    let at = |secs: i64| pending().accept(&answer, "dev", Timestamp::from_secs(1000 + secs));
    assert!(at(600).is_ok());
    assert_eq!(at(601), Err(CallbackError::NotRequested));
    assert_eq!(at(-1), Err(CallbackError::NotRequested));
}

#[test]
fn o8_the_providers_error_is_told_from_a_denied_consent() {
    let error_of = |code: &str| Err(CallbackError::Provider { code: code.to_owned(), reason: None });
    assert_eq!(accept(&answer(&[], &["the-state"], &["access_denied"])), Err(CallbackError::Denied { reason: None }));
    let html = "<b>x</b>";
    assert_eq!(accept(&answer(&[], &["the-state"], &[html])), error_of(html));
    let long = "é".repeat(1_000_000);
    assert_eq!(accept(&answer(&["c"], &["the-state"], &[&long])), error_of(&"é".repeat(100)));
}

#[test]
fn c5_the_provider_is_told_in_its_own_words_as_one_line_of_plain_text() {
    let told = |error: &str, words: &[&str]| {
        let query = CallbackQuery { error_description: owned(words), ..answer(&[], &["the-state"], &[error]) };
        match accept(&query) {
            Err(CallbackError::Denied { reason } | CallbackError::Provider { reason, .. }) => reason,
            other => panic!("{other:?}"),
        }
    };
    let verify = Some("Please verify your email".to_owned());
    assert_eq!(told("access_denied", &["Please verify your email"]), verify);
    assert_eq!(told("login_required", &[" Please verify\n your\u{202e} email\t"]), verify);
    assert_eq!(told("access_denied", &["é".repeat(1_000).as_str()]), Some("é".repeat(300)));
    for nothing in [&[][..], &[""], &[" \n"]] {
        assert_eq!(told("access_denied", nothing), None);
    }
}

#[test]
fn t1_debug_of_a_pending_authorization_prints_no_secret() {
    let text = format!("{:?}", pending());
    assert!(!text.contains("canary") && !text.contains("the-state"), "{text}");
}

#[test]
fn a_stored_authorization_that_was_tampered_with_is_not_read() {
    let stored = serde_json::to_string(&pending()).unwrap();
    assert!(serde_json::from_str::<PendingAuthorization>(&stored).is_ok());
    for text in ["", "null", "[]", "{}", &stored[1..], &stored.replace("\"state\":", "\"status\":")] {
        assert!(serde_json::from_str::<PendingAuthorization>(text).is_err(), "{text}");
    }
    let evil = stored.replace("/posts", "//evil.example");
    assert_eq!(serde_json::from_str::<PendingAuthorization>(&evil).unwrap().return_to, ReturnPath::default());
}

fn parameter() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![Just("the-state".to_owned()), Just(ISSUER.to_owned()), ".{0,12}"], 0..3)
}

proptest! {
    #[test]
    fn o3_o6_only_a_query_that_answers_the_request_is_accepted(
        code in parameter(), state in parameter(), error in parameter(), iss in parameter(),
    ) {
        let answer = CallbackQuery { code, state, error, error_description: Vec::new(), iss };
        if let Ok(code) = accept(&answer) {
            prop_assert!(answer.state == ["the-state"] && answer.iss == [ISSUER] && answer.error.is_empty());
            prop_assert_eq!([code], answer.code.as_slice());
        }
    }
}
