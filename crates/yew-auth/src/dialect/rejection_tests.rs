use proptest::prelude::*;

use super::*;

fn read(body: &str) -> Rejection {
    Rejection::read(400, body.as_bytes(), None)
}

#[test]
fn drfs_detail_and_code_are_read() {
    let rejection = read(r#"{"detail":"Token is invalid","code":"token_not_valid"}"#);
    assert_eq!(rejection.detail.as_deref(), Some("Token is invalid"));
    assert_eq!(rejection.code.as_deref(), Some("token_not_valid"));
}

#[test]
fn errors_of_fields_are_read_and_non_field_errors_are_the_detail() {
    let rejection = read(r#"{"email":["Bad.","Worse."],"non_field_errors":["Unable to log in."]}"#);
    assert_eq!(rejection.fields, [("email".to_owned(), vec!["Bad.".to_owned(), "Worse.".to_owned()])]);
    assert_eq!(rejection.detail.as_deref(), Some("Unable to log in."));
}

#[test]
fn a_field_may_be_named_like_a_message() {
    let rejection = read(r#"{"title":["Too long."],"message":["Required."],"code":["Wrong."]}"#);
    assert_eq!(
        rejection.fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["title", "message", "code"]
    );
    assert_eq!((rejection.detail, rejection.code), (None, None));
}

#[test]
fn c20_errors_of_nested_fields_have_the_path_of_their_field() {
    let rejection =
        read(r#"{"address":{"city":["Required."],"geo":{"lat":["No number."]}},"tags":[{},{"name":["Long."]}]}"#);
    let fields: Vec<_> = rejection.fields.iter().map(|(name, texts)| (name.as_str(), texts[0].as_str())).collect();
    assert_eq!(fields, [("address.city", "Required."), ("address.geo.lat", "No number."), ("tags.1.name", "Long.")]);
}

#[test]
fn a_list_of_errors_names_the_field_of_each() {
    let standardized = read(
        r#"{"type":"validation_error","errors":[
            {"code":"required","detail":"Required.","attr":"email"},
            {"code":"invalid","detail":"No.","attr":"non_field_errors"},
            {"code":"blank","detail":"Blank.","attr":null}]}"#,
    );
    assert_eq!(standardized.fields, [("email".to_owned(), vec!["Required.".to_owned()])]);
    assert_eq!(standardized.detail.as_deref(), Some("No. Blank."));
    let allauth = read(r#"{"status":400,"errors":[{"message":"Taken.","code":"taken","param":"username"}]}"#);
    assert_eq!(allauth.fields, [("username".to_owned(), vec!["Taken.".to_owned()])]);
    assert_eq!(allauth.code.as_deref(), Some("taken"));
}

#[test]
fn t1_what_allauth_says_besides_its_errors_is_no_error() {
    let pending = read(
        r#"{"status":401,"data":{"flows":[{"id":"mfa_authenticate","is_pending":true,"types":["totp"]}]},
            "meta":{"is_authenticated":false,"session_token":"canary"}}"#,
    );
    assert_eq!((pending.fields, pending.detail, pending.code), (Vec::new(), None, None));
    assert_eq!(read(r#"{"a":{"token":"canary"}}"#).fields, []);
}

#[test]
fn a_message_an_oauth_error_and_a_problem_are_read() {
    assert_eq!(read(r#"{"message":"Slow down."}"#).detail.as_deref(), Some("Slow down."));
    let oauth = read(r#"{"error":"invalid_grant","error_description":"Wrong password."}"#);
    assert_eq!((oauth.code.as_deref(), oauth.detail.as_deref()), (Some("invalid_grant"), Some("Wrong password.")));
    assert_eq!(read(r#"{"error":"Wrong password."}"#).detail.as_deref(), Some("Wrong password."));
    let problem = read(
        r#"{"type":"https://example.test/out-of-credit","title":"You lack credit.","status":403,
            "detail":"It costs 50.","instance":"/account/1","errors":{"amount":["Too much."]}}"#,
    );
    assert_eq!(problem.detail.as_deref(), Some("It costs 50."));
    assert_eq!(problem.fields, [("amount".to_owned(), vec!["Too much.".to_owned()])]);
    assert_eq!(read(r#"{"title":"You lack credit.","status":403}"#).detail.as_deref(), Some("You lack credit."));
}

#[test]
fn a_body_that_is_not_drfs_is_ignored() {
    for body in ["", "<html>", "null", "{", r#"{"detail":7,"a":{},"b":[1]}"#, "\u{0}"] {
        let rejection = read(body);
        assert_eq!((rejection.detail, rejection.fields), (None, vec![]), "{body}");
    }
}

#[test]
fn x3_hostile_bodies_are_ignored_or_read_as_plain_text() {
    let deep = format!(r#"{{"detail":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    for silent in [&deep, r#"{"detail":{"a":{"b":["c"]}}}"#, r#"{"detail":"\ud800"}"#, r#"{"detail":"a"#, "[[[\"a\"]]]"]
    {
        assert_eq!(read(silent).detail, None, "{silent:.60}");
    }
    assert_eq!(read(r#"{"detail":"a","detail":"b"}"#).detail, None, "said twice");
    assert_eq!(read(r#"{"__proto__":["x"],"constructor":"y"}"#).fields.len(), 2);
    assert_eq!(read(r#"{"detail":"<b>\u0000\u202e"}"#).detail.as_deref(), Some("<b>\0\u{202e}"));
}

#[test]
fn x3_endless_errors_are_cut_off() {
    let many = format!(r#"["{}"]"#, vec!["x".repeat(600); 30].join(r#"",""#));
    assert_eq!(read(&many).detail.unwrap().len(), MAX_ERRORS * (MAX_DETAIL + 1) - 1);
    let fields: Vec<String> = (0..30).map(|number| format!(r#""field{number}":{many}"#)).collect();
    let rejection = read(&format!("{{{}}}", fields.join(",")));
    assert_eq!((rejection.fields.len(), rejection.fields[0].1.len()), (MAX_ERRORS, MAX_ERRORS));
}

proptest! {
    #[test]
    fn no_text_that_looks_like_drfs_makes_the_reader_panic(body in r#"[\[{]("(detail|code|a)":?[\["{,1\]]{0,3}(\\u[0-9a-f]{4})?"?[,}\]]?){0,6}"#) {
        let _ = read(&body);
    }

    #[test]
    fn no_body_makes_the_reader_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Rejection::read(500, &body, None);
    }
}
