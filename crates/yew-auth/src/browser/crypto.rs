//! Randomness and SHA-256, from the browser.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::Crypto;

/// The browser offers no Web Crypto, because the page is not from https or localhost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CryptoMissing;

/// Random bytes as base64url text.
pub(crate) fn random_text(bytes: usize) -> Result<String, CryptoMissing> {
    let mut buffer = vec![0; bytes];
    crypto()?.get_random_values_with_u8_array(&mut buffer).map_err(|_| CryptoMissing)?;
    Ok(base64url(&buffer))
}

/// A random number for jitter, or zero if there is no randomness.
pub(crate) fn random_seed() -> u64 {
    let mut buffer = [0; 8];
    match crypto().map(|crypto| crypto.get_random_values_with_u8_array(&mut buffer)) {
        Ok(Ok(_)) => u64::from_le_bytes(buffer),
        _ => 0,
    }
}

/// The SHA-256 of a text as base64url: the code challenge method `S256` (RFC 7636 section 4.2).
pub(crate) async fn sha256_text(text: &str) -> Result<String, CryptoMissing> {
    let digest =
        crypto()?.subtle().digest_with_str_and_u8_array("SHA-256", text.as_bytes()).map_err(|_| CryptoMissing)?;
    let digest = JsFuture::from(digest).await.map_err(|_| CryptoMissing)?;
    Ok(base64url(&Uint8Array::new(&digest).to_vec()))
}

pub(super) fn crypto() -> Result<Crypto, CryptoMissing> {
    web_sys::window().and_then(|window| window.crypto().ok()).ok_or(CryptoMissing)
}

/// Base64url without padding (RFC 4648 section 5).
pub(crate) fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(word >> (18 - 6 * i)) as usize & 63]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_rfc_4648s() {
        let cases = [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in cases {
            assert_eq!(base64url(plain.as_bytes()), encoded);
        }
        assert_eq!(base64url(&[0xfb, 0xff, 0xfe]), "-__-");
    }
}
