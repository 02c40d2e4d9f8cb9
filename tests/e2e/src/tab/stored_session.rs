//! The session in the browser's storage and cookies.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::Cookie;

use super::Tab;
use crate::transport::Transport;

/// What the names of cookies begin with over https.
const HOST_PREFIX: &str = "__Host-";
/// The storage key of the session.
const SESSION: &str = "yew-auth.session";

impl Tab {
    /// The stored record of the session.
    pub async fn stored_record(&self) -> Result<Option<Value>> {
        let text: Option<String> = self.script(&format!("return localStorage.getItem('{SESSION}')")).await?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// Whether the stored record holds a session. There may be a record without one.
    pub async fn has_stored_session(&self) -> Result<bool> {
        let stored = self.stored_record().await?;
        Ok(stored.is_some_and(|stored| stored["record"]["status"]["signed_in"].is_object()))
    }

    /// The id of the session that is stored.
    pub async fn session_id(&self) -> Result<String> {
        let stored = self.stored_record().await?.context("nothing is stored")?;
        let id = find(&stored, "session_cookie").and_then(|credentials| credentials["session"].as_str());
        Ok(id.context("the stored session has no id")?.to_owned())
    }

    /// The refresh token that the browser holds.
    pub async fn refresh_token(&self) -> Result<String> {
        self.token("refresh").await
    }

    /// The access token that the browser holds.
    pub async fn access_token(&self) -> Result<String> {
        self.token("access").await
    }

    /// Waits until the access token has expired.
    pub async fn wait_for_token_expiry(&self) -> Result<()> {
        let token = json!(self.access_token().await?);
        let script = format!(
            "const claims = {token}.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
             return Date.now() > JSON.parse(atob(claims)).exp * 1000"
        );
        self.becomes_true("the token has expired", Duration::from_secs(60), &script).await
    }

    async fn token(&self, name: &str) -> Result<String> {
        let token = match self.transport() {
            Transport::Cookie => {
                let cookie = format!("yew-auth-{name}.{}", self.session_id().await?);
                let cookies = self.cookies().await?;
                let is_it = |found: &Cookie| found.name.strip_prefix(HOST_PREFIX).unwrap_or(&found.name) == cookie;
                cookies.into_iter().find(is_it).map(|found| found.value)
            }
            Transport::Bearer => {
                let stored = self.stored_record().await?.context("nothing is stored")?;
                find(&stored, name).and_then(Value::as_str).map(ToOwned::to_owned)
            }
        };
        token.with_context(|| format!("the browser holds no {name} token"))
    }

    /// The cookies that the browser sends with a refresh, the `HttpOnly` ones included.
    pub async fn cookies(&self) -> Result<Vec<Cookie>> {
        let driver = self.browser.switch_to_cookies(self.origin()).await?;
        Ok(driver.get_all_cookies().await?)
    }

    /// Sets a cookie as the backend does.
    pub async fn set_cookie(&self, name: &str, value: &str) -> Result<()> {
        let path = if name.contains("refresh") { "/api/auth/" } else { "/api/" };
        let mut cookie = Cookie::new(name, value);
        cookie.set_path(path);
        cookie.set_http_only(true);
        let driver = self.browser.switch_to_cookies(self.origin()).await?;
        Ok(driver.add_cookie(cookie).await?)
    }

    /// Replaces the stored record of the session by this text.
    pub async fn store_record(&self, text: &str) -> Result<()> {
        let script = format!("localStorage.setItem('{SESSION}', {})", json!(text));
        self.script(&script).await
    }
}

/// The first member of this name, at any depth.
fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(name).or_else(|| members.values().find_map(|member| find(member, name))),
        Value::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}
