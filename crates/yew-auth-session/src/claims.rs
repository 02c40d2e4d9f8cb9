//! The claims of a token, read without checking its signature.

use std::error::Error;
use std::fmt;

use jwt_compact::{ParseError, UntrustedToken, ValidationError};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::time::Timestamp;
use super::token::{AccessToken, RefreshToken};

/// What a client may want to know of an access token (RFC 7519 section 4.1), on the server's clock.
///
/// The signature is the server's business: it checks it at each request, and the client has no key to do so. These
/// claims time the next refresh; they never decide what somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Claims {
    /// `exp`. A token without one counts as expired.
    pub expires_at: Option<Timestamp>,
    /// `iat`.
    pub issued_at: Option<Timestamp>,
}

impl Claims {
    /// Reads the claims of a token *without checking its signature*.
    ///
    /// # Errors
    /// When the token is no JWT, or its claims are no JSON object with numeric dates.
    pub fn read_unverified(token: &AccessToken) -> Result<Self, ClaimsError> {
        Self::read(token.secret())
    }

    /// Reads the claims of a refresh token *without checking its signature*.
    ///
    /// # Errors
    /// As [`read_unverified`](Self::read_unverified).
    pub fn read_unverified_refresh(token: &RefreshToken) -> Result<Self, ClaimsError> {
        Self::read(token.secret())
    }

    /// Reads all claims of a token as a type of yours, *without checking its signature*. Any script of the page could have
    /// made them up.
    ///
    /// # Errors
    /// As [`read_unverified`](Self::read_unverified), and when the claims are no `T`.
    pub fn read_unverified_as<T: DeserializeOwned>(token: &AccessToken) -> Result<T, ClaimsError> {
        let token = UntrustedToken::new(token.secret()).map_err(ClaimsError::NotAJwt)?;
        let claims = token.deserialize_claims_unchecked::<T>().map_err(ClaimsError::Malformed)?;
        Ok(claims.custom)
    }

    fn read(token: &str) -> Result<Self, ClaimsError> {
        let token = UntrustedToken::new(token).map_err(ClaimsError::NotAJwt)?;
        let claims = token.deserialize_claims_unchecked::<Other>().map_err(ClaimsError::Malformed)?;
        Ok(Self {
            expires_at: claims.expiration.map(|at| Timestamp::from_secs(at.timestamp())),
            issued_at: claims.issued_at.map(|at| Timestamp::from_secs(at.timestamp())),
        })
    }
}

/// The claims that are not used.
#[derive(Deserialize)]
struct Other {}

/// Why a token's claims cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ClaimsError {
    /// Not three base64url parts with a readable header.
    NotAJwt(ParseError),
    /// The claims are not what RFC 7519 says they are.
    Malformed(ValidationError),
}

impl fmt::Display for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAJwt(_) => "the access token is not a json web token",
            Self::Malformed(_) => "the access token's claims cannot be read",
        })
    }
}

impl Error for ClaimsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotAJwt(error) => Some(error),
            Self::Malformed(error) => Some(error),
        }
    }
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
