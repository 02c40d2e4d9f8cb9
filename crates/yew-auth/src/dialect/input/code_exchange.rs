//! What a backend needs to exchange an authorization code.

use std::fmt;

use serde::Serialize;

/// What a backend needs to exchange an authorization code for a session (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
#[derive(Clone, Serialize)]
#[non_exhaustive]
pub struct CodeExchange {
    /// The authorization code.
    pub code: String,
    /// Proves that this page has asked for the code.
    pub code_verifier: String,
    /// Where the provider sent the code.
    pub redirect_uri: String,
    /// Is in the ID token (OpenID Connect Core section 3.1.2.1).
    pub nonce: String,
}

impl fmt::Debug for CodeExchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeExchange([redacted])")
    }
}
