//! The key that signs tokens.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// In bytes, as HMAC-SHA256 takes it as it is.
const LENGTH: usize = 64;

/// A token is a number and its signature: the database holds nothing that could be used as one.
#[derive(Clone)]
pub struct SigningKey([u8; LENGTH]);

impl SigningKey {
    /// Reads the key, or draws one that only this user may read.
    pub fn read_or_create(file: &Path) -> io::Result<Self> {
        if let Ok(key) = fs::read(file) {
            let wrong = |_| io::Error::other(format!("{} is not a key of {LENGTH} bytes", file.display()));
            return Ok(Self(key.try_into().map_err(wrong)?));
        }
        let key: [u8; LENGTH] = rand::random();
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?.write_all(&key)?;
        Ok(Self(key))
    }

    /// The token of this kind and session that says `number`.
    pub fn sign(&self, kind: &str, session: &str, number: i64) -> String {
        let signature = self.mac(kind, session, number).finalize().into_bytes();
        let digits: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{number}.{digits}")
    }

    /// The number that the token says, if this key has signed it.
    pub fn verify(&self, kind: &str, session: &str, token: &str) -> Option<i64> {
        let (number, digits) = token.split_once('.')?;
        let number = number.parse().ok()?;
        let byte = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let signature = (0..digits.len()).step_by(2).map(byte).collect::<Option<Vec<_>>>()?;
        self.mac(kind, session, number).verify_slice(&signature).ok()?;
        Some(number)
    }

    fn mac(&self, kind: &str, session: &str, number: i64) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new(&self.0.into());
        mac.update(format!("{kind}.{session}.{number}").as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_of_this_key_kind_and_session_is_verified() {
        let (key, other) = (SigningKey([1; LENGTH]), SigningKey([2; LENGTH]));
        let token = key.sign("refresh", "a", 7);
        assert_eq!(key.verify("refresh", "a", &token), Some(7));
        assert_eq!(other.verify("refresh", "a", &token), None);
        assert_eq!(key.verify("access", "a", &token), None);
        assert_eq!(key.verify("refresh", "b", &token), None);
        assert_eq!(key.verify("refresh", "a", &token.replacen('7', "8", 1)), None);
        for wrong in ["", ".", "7", "7.", "7.0", "7.zz", "7.\u{e9}\u{e9}", "-.00"] {
            assert_eq!(key.verify("refresh", "a", wrong), None, "{wrong}");
        }
    }
}
