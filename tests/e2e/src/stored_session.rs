//! What the app keeps of the session in the browser's storage.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::tab::Tab;
use crate::wait::eventually;

/// Where it is kept.
const SESSION: &str = "yew-auth.session";

impl Tab {
    /// What the app has stored of the session.
    pub async fn stored(&self) -> Result<Option<Value>> {
        let text: Option<String> = self.script(&format!("return localStorage.getItem('{SESSION}')")).await?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// The stored refresh token.
    pub async fn refresh_token(&self) -> Result<String> {
        self.token("refresh").await
    }

    /// The stored access token.
    pub async fn access_token(&self) -> Result<String> {
        self.token("access").await
    }

    /// Waits until the stored access token has expired.
    pub async fn outlives_its_token(&self) -> Result<()> {
        let token = json!(self.access_token().await?);
        let script = format!(
            "const claims = {token}.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
             return Date.now() > JSON.parse(atob(claims)).exp * 1000"
        );
        eventually("the token has expired", Duration::from_secs(60), async || {
            Ok(self.script::<bool>(&script).await?.then_some(()))
        })
        .await
    }

    async fn token(&self, name: &str) -> Result<String> {
        let stored = self.stored().await?.context("nothing is stored")?;
        let token = find(&stored, name).and_then(Value::as_str);
        Ok(token.with_context(|| format!("no {name} token is stored"))?.to_owned())
    }

    /// Puts a text where the session is stored.
    pub async fn store(&self, text: &str) -> Result<()> {
        let script = format!("localStorage.setItem('{SESSION}', {})", json!(text));
        self.script(&script).await
    }
}

/// The first member of this name, at whatever depth.
fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(name).or_else(|| members.values().find_map(|member| find(member, name))),
        Value::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}
