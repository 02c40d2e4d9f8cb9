use proptest::prelude::*;

use super::*;

/// base64url without padding, enough for a test token.
fn encode(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0u32, |word, (i, byte)| word | u32::from(*byte) << (16 - 8 * i));
        for i in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(word >> (18 - 6 * i)) as usize & 63]));
        }
    }
    text
}

fn jwt(header: &str, claims: &[u8]) -> String {
    format!("{}.{}.c2ln", encode(header.as_bytes()), encode(claims))
}

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

fn read(token: &str) -> Option<Claims> {
    Claims::read_unverified(&AccessToken::new(token).ok()?).ok()
}

#[test]
fn the_claims_of_a_simplejwt_token_are_read() {
    let claims = br#"{"token_type":"access","exp":1700000300,"iat":1700000000,"jti":"0","user_id":"7"}"#;
    assert_eq!(
        read(&jwt(HEADER, claims)),
        Some(Claims {
            expires_at: Some(Timestamp::from_secs(1_700_000_300)),
            issued_at: Some(Timestamp::from_secs(1_700_000_000)),
        })
    );
}

#[test]
fn a_token_without_exp_is_read_as_one_that_has_none() {
    assert_eq!(read(&jwt(HEADER, b"{}")), Some(Claims { expires_at: None, issued_at: None }));
}

#[test]
fn t3_malformed_tokens_are_typed_errors() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let good = jwt(HEADER, b"{}");
    assert!(read(&good).is_some());
    let corpus = [
        String::new(),
        "a".to_owned(),
        "a.b".to_owned(),
        "..".to_owned(),
        "....".to_owned(),
        "a.b.c.d".to_owned(),
        "a.b.c.d.e".to_owned(),
        "a.b.c.d.e.f".to_owned(),
        good.rsplit_once('.').unwrap().0.to_owned(),
        format!("{good}.c2ln"),
        format!(".{good}"),
        good.replace('.', ".."),
        format!("{good}=="),
        format!("{good}\n"),
        format!("Bearer {good}"),
        jwt(r#"{"typ":"JWT"}"#, b"{}"),
        jwt(r#"{"alg":7}"#, b"{}"),
        jwt(r#"{"alg":"HS256","alg":"none"}"#, b"{}"),
        jwt("{", b"{}"),
        jwt("\u{feff}{}", b"{}"),
        jwt("[]", b"{}"),
        jwt(HEADER, b""),
        jwt(HEADER, b"null"),
        jwt(HEADER, br#"{"exp":"tomorrow"}"#),
        jwt(HEADER, br#"{"exp":1e308}"#),
        jwt(HEADER, br#"{"exp":-1e308}"#),
        jwt(HEADER, br#"{"exp":1e999}"#),
        jwt(HEADER, br#"{"exp":NaN}"#),
        jwt(HEADER, br#"{"exp":true}"#),
        jwt(HEADER, br#"{"exp":"1"}"#),
        jwt(HEADER, br#"{"exp":[1]}"#),
        jwt(HEADER, br#"{"exp":1,"exp":2}"#),
        jwt(HEADER, br#"{"exp":99999999999999999999}"#),
        jwt(HEADER, br#"{"exp":9223372036854775807}"#),
        jwt(HEADER, br#"{"iat":"now"}"#),
        jwt(HEADER, br#"{"exp":1}{"exp":2}"#),
        jwt(HEADER, b"{\"exp\":1,}"),
        jwt(HEADER, br#"{"exp":{}}"#),
        jwt(HEADER, b"{\"exp\":\xff\xfe}"),
        jwt(HEADER, deep.as_bytes()),
        jwt(HEADER, &vec![b' '; 1 << 20]),
    ];
    for token in corpus {
        assert_eq!(read(&token), None, "{}", token.chars().take(80).collect::<String>());
    }
}

#[test]
fn t3_alg_none_tells_no_more_than_any_other_unverified_token() {
    assert!(read(&jwt(r#"{"alg":"none"}"#, br#"{"exp":1}"#)).is_some());
}

#[test]
fn t3_a_negative_or_far_exp_is_a_time_like_any_other() {
    for exp in ["-1", "0", "4070908800", "-62135596800"] {
        assert!(read(&jwt(HEADER, format!("{{\"exp\":{exp}}}").as_bytes())).is_some(), "{exp}");
    }
}

proptest! {
    #[test]
    fn t3_no_text_makes_the_reader_panic(parts in prop::collection::vec("[A-Za-z0-9_=-]{0,40}", 0..6)) {
        let _ = read(&parts.join("."));
    }

    #[test]
    fn t3_no_claims_make_the_reader_panic(claims in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&jwt(HEADER, &claims));
    }

    #[test]
    fn t3_no_exp_makes_the_reader_panic(exp in any::<i64>(), iat in any::<f64>()) {
        let _ = read(&jwt(HEADER, format!("{{\"exp\":{exp},\"iat\":{iat:e}}}").as_bytes()));
    }
}

#[test]
fn an_error_says_what_is_wrong_and_why() {
    let error = |token: &str| Claims::read_unverified(&AccessToken::new(token).unwrap()).unwrap_err();
    let cases = [
        (error("a.b.c"), "the access token is not a json web token"),
        (error(&jwt(HEADER, br#"{"exp":"soon"}"#)), "the access token's claims cannot be read"),
    ];
    for (error, text) in cases {
        assert_eq!(error.to_string(), text);
        assert!(std::error::Error::source(&error).is_some_and(|cause| !cause.to_string().is_empty()));
    }
}
