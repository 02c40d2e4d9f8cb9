//! A request as it arrived.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    pub method: String,
    pub url: String,
    pub redirect: String,
    pub credentials: String,
    pub cache: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl Request {
    /// Method, path and query, as in `GET /api/posts/`.
    pub fn target(&self) -> String {
        let path = self.url.splitn(4, '/').nth(3).unwrap_or_default();
        format!("{} /{path}", self.method)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The session that it names.
    pub fn session(&self) -> Option<&str> {
        self.header("x-session-id")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The access token of its header, or else the refresh token of its body.
    pub fn bearer_token(&self) -> String {
        let of_scheme = |header: &'_ str| Some(header.split_once(' ')?.1.to_owned());
        let header = self.header("authorization").and_then(of_scheme);
        let of_body = || serde_json::from_str::<Value>(&self.body).ok()?["refresh"].as_str().map(str::to_owned);
        header.or_else(of_body).unwrap_or_default()
    }
}
