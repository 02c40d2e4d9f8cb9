//! Tokens in simplejwt's format, without a valid signature.

use std::time::Duration;

use yew_auth::Timestamp;

/// A JWT with this lifetime. A test can search for its `jti` to find leaks.
pub fn jwt(kind: &str, jti: &str, issued_at: Timestamp, lifetime: Duration) -> String {
    let (iat, exp) = (seconds(issued_at), seconds(issued_at + lifetime));
    let claims = format!(r#"{{"token_type":"{kind}","exp":{exp},"iat":{iat},"jti":"{jti}","user_id":"7"}}"#);
    format!("{}.{}.c2lnbmF0dXJl", base64url(r#"{"alg":"HS256","typ":"JWT"}"#), base64url(&claims))
}

/// A time in DRF's format.
pub fn iso_8601(at: Timestamp) -> String {
    js_sys::Date::new(&(at.as_millis() as f64).into()).to_iso_string().into()
}

fn seconds(at: Timestamp) -> i64 {
    at.as_millis().div_euclid(1000)
}

fn base64url(text: &str) -> String {
    let base64 = web_sys::window().unwrap().btoa(text).unwrap();
    base64.replace('+', "-").replace('/', "_").replace('=', "")
}
