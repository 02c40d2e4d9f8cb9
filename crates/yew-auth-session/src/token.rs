//! Access and refresh tokens: secrets that `Debug` does not show.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest token that is accepted, in bytes. Servers commonly limit a whole header block to 8 or 16 KiB.
pub const MAX_TOKEN_LEN: usize = 16 * 1024;

/// The token a request presents to the API (RFC 6749 section 1.4).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct AccessToken(String);

/// The token that is traded for a new pair of tokens (RFC 6749 section 1.5).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct RefreshToken(String);

macro_rules! secret {
    ($name:ident) => {
        impl $name {
            /// Takes a token as it came over the wire.
            ///
            /// # Errors
            /// When it is empty, too long, or not an RFC 6750 `b64token`: such a text cannot stand in a header.
            pub fn new(token: impl Into<String>) -> Result<Self, TokenError> {
                let token = token.into();
                check(&token)?;
                Ok(Self(token))
            }

            /// The token's text. Never log it, never put it in a URL.
            #[must_use]
            pub fn secret(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }

        impl TryFrom<String> for $name {
            type Error = TokenError;

            fn try_from(token: String) -> Result<Self, TokenError> {
                Self::new(token)
            }
        }
    };
}

secret!(AccessToken);
secret!(RefreshToken);

/// Why a text is not a token. It does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenError {
    /// There is no text.
    Empty,
    /// It is longer than [`MAX_TOKEN_LEN`].
    TooLong,
    /// It has a character that RFC 6750 section 2.1 does not allow.
    BadCharacter,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the token is empty",
            Self::TooLong => "the token is too long",
            Self::BadCharacter => "the token has a character that no token has",
        })
    }
}

impl Error for TokenError {}

fn check(token: &str) -> Result<(), TokenError> {
    if token.is_empty() {
        return Err(TokenError::Empty);
    }
    if token.len() > MAX_TOKEN_LEN {
        return Err(TokenError::TooLong);
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if token.bytes().all(allowed) { Ok(()) } else { Err(TokenError::BadCharacter) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t4_a_token_with_a_line_feed_or_a_euro_sign_is_a_typed_error() {
        for text in ["a\nb", "a\r\nX-Evil: 1", "a€b", "a b", "\0"] {
            assert_eq!(AccessToken::new(text), Err(TokenError::BadCharacter));
        }
    }

    #[test]
    fn an_empty_and_an_endless_token_are_refused() {
        assert_eq!(RefreshToken::new(""), Err(TokenError::Empty));
        assert_eq!(RefreshToken::new("a".repeat(MAX_TOKEN_LEN + 1)), Err(TokenError::TooLong));
        assert!(RefreshToken::new("a".repeat(MAX_TOKEN_LEN)).is_ok());
        assert_eq!(MAX_TOKEN_LEN, 16_384);
    }

    #[test]
    fn an_error_says_what_is_wrong_with_the_token() {
        let texts = [TokenError::Empty, TokenError::TooLong, TokenError::BadCharacter].map(|error| error.to_string());
        let said = ["the token is empty", "the token is too long", "the token has a character that no token has"];
        assert_eq!(texts, said);
    }

    #[test]
    fn t1_debug_does_not_print_the_secret() {
        let (access, refresh) = (AccessToken::new("canary").unwrap(), RefreshToken::new("canary").unwrap());
        assert_eq!(format!("{access:?} {refresh:?}"), "AccessToken([redacted]) RefreshToken([redacted])");
    }

    #[test]
    fn a_stored_token_is_checked_like_one_from_the_wire() {
        assert!(serde_json::from_str::<AccessToken>(r#""a\nb""#).is_err());
        assert_eq!(serde_json::from_str::<AccessToken>(r#""a.b.c""#).unwrap().secret(), "a.b.c");
    }
}
