//! An identity provider that the backend offers.

use serde::Deserialize;

/// An OpenID Connect provider to sign in with, as the backend describes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct IdentityProvider {
    /// Its id in paths: `/auth/callback/<id>`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The backend's client identifier at the provider (RFC 6749 section 2.2).
    pub client_id: String,
    /// The authorization endpoint (RFC 6749 section 3.1).
    pub authorize_url: String,
    /// The scopes to ask for, separated by spaces (RFC 6749 section 3.3).
    #[serde(default)]
    pub scope: String,
    /// Where people sign out at the provider itself (OpenID Connect RP-Initiated Logout 1.0, section 2), if it has that.
    #[serde(default)]
    pub end_session_url: Option<String>,
    /// Its issuer identifier (RFC 8414 section 2), if the backend knows it.
    #[serde(default)]
    pub issuer: Option<String>,
    /// Whether it announces that each answer names the issuer (RFC 9207 section 3).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub sends_issuer: bool,
}
