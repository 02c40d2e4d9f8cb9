//! The claims of a token.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The id of the session that a token belongs to.
pub fn session_of(token: &str) -> Result<String> {
    claim(token, "sid").context("the token has no session")
}

/// The id of a token itself.
pub fn id_of(token: &str) -> Result<String> {
    claim(token, "jti").context("the token has no id")
}

fn claim(token: &str, name: &str) -> Result<String> {
    let claims = token.split('.').nth(1).context("the token is no JWT")?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
    Ok(claims[name].as_str().with_context(|| format!("no claim {name}"))?.to_owned())
}
