//! Any text as a token, and any bytes as the claims of one that is well-formed otherwise.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yew_auth_session::{AccessToken, Claims, RefreshToken};

const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

fuzz_target!(|data: &[u8]| {
    read(&String::from_utf8_lossy(data));
    read(&format!("{HEADER}.{}.c2lnbmF0dXJl", base64url(data)));
});

fn read(text: &str) {
    if let Ok(token) = AccessToken::new(text) {
        assert_eq!(token.secret(), text);
        assert_eq!(format!("{token:?}"), "AccessToken([redacted])");
        let claims = Claims::read_unverified(&token);
        let again = RefreshToken::new(text).ok().map(|token| Claims::read_unverified_refresh(&token).ok());
        assert_eq!(again, Some(claims.ok()));
    }
}

/// RFC 4648 section 5, without padding.
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(word >> (18 - 6 * i)) as usize & 63]));
        }
    }
    text
}
