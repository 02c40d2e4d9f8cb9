//! The public name of a session.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Names one session: its cookies carry the name, and every request over cookies says for which session it speaks.
///
/// It is public: it proves nothing. 32 lowercase hexadecimal digits.
///
/// ```
/// use yew_auth_session::SessionId;
///
/// let session: SessionId = "0123456789abcdef0123456789abcdef".parse().unwrap();
/// assert_eq!(session.as_str(), "0123456789abcdef0123456789abcdef");
/// assert!("0123456789ABCDEF0123456789ABCDEF".parse::<SessionId>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct SessionId(String);

impl SessionId {
    /// How many digits a session id has.
    pub const LEN: usize = 32;

    /// Takes a session id as it came over the wire.
    ///
    /// # Errors
    /// When it is anything but 32 lowercase hexadecimal digits.
    pub fn new(id: impl Into<String>) -> Result<Self, InvalidSessionId> {
        let id = id.into();
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if id.len() == Self::LEN && id.bytes().all(is_digit) { Ok(Self(id)) } else { Err(InvalidSessionId) }
    }

    /// The digits: the value of the `X-Session-Id` header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionId({})", self.0)
    }
}

impl std::str::FromStr for SessionId {
    type Err = InvalidSessionId;

    fn from_str(id: &str) -> Result<Self, InvalidSessionId> {
        Self::new(id)
    }
}

impl TryFrom<String> for SessionId {
    type Error = InvalidSessionId;

    fn try_from(id: String) -> Result<Self, InvalidSessionId> {
        Self::new(id)
    }
}

/// The text is not 32 lowercase hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidSessionId;

impl fmt::Display for InvalidSessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the session id is not 32 lowercase hexadecimal digits")
    }
}

impl Error for InvalidSessionId {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_be_another_name_in_a_header_or_a_cookie_is_refused() {
        let digits = "0123456789abcdef0123456789abcde";
        assert!(SessionId::new(format!("{digits}f")).is_ok());
        for last in ["", "F", "g", "ff", " ", "\r\n", ";", "\u{ff46}", "\0"] {
            assert_eq!(SessionId::new(format!("{digits}{last}")), Err(InvalidSessionId), "{last:?}");
        }
        assert!(serde_json::from_str::<SessionId>("\"none\"").is_err());
    }

    #[test]
    fn an_id_is_shown_as_its_digits_and_what_is_none_as_a_sentence() {
        let id: SessionId = "0123456789abcdef0123456789abcdef".parse().unwrap();
        assert_eq!(id.to_string(), id.as_str());
        assert_eq!(format!("{id:?}"), "SessionId(0123456789abcdef0123456789abcdef)");
        assert_eq!(InvalidSessionId.to_string(), "the session id is not 32 lowercase hexadecimal digits");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>()) {
            let _ = SessionId::new(text);
        }

        #[test]
        fn every_id_survives_being_stored(id in "[0-9a-f]{32}") {
            let id = SessionId::new(id).unwrap();
            prop_assert_eq!(&serde_json::from_str::<SessionId>(&serde_json::to_string(&id).unwrap()).unwrap(), &id);
        }
    }
}
