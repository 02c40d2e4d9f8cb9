//! Faults on the wire: the rules that the backend's `faults` app applies.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use crate::REFRESH;

/// A rule. The first rule that matches a request is applied.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Fault {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    delay: u64,
    delay_after: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drop: Option<Drop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes_per_second: Option<u32>,
}

/// When the connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drop {
    /// Before the server acted.
    Before,
    /// After the server acted, so that its response is lost.
    After,
    /// In the middle of the response's body.
    Mid,
}

impl Fault {
    /// Refuses every refresh, as dj-rest-auth does for a revoked session.
    pub fn refuse_refresh() -> Self {
        Self::on(REFRESH).status(400).json(json!({"detail": "Token is invalid", "code": "token_not_valid"}))
    }

    /// A rule for every request of `path`.
    pub fn on(path: &str) -> Self {
        Self { path: format!("^{path}$"), ..Self::default() }
    }

    /// Applies the rule to the next `times` requests only.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Delays the request: the server acts after `delay`.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = millis(delay);
        self
    }

    /// Delays the response: the server acts at once and answers after `delay`.
    pub fn delay_response(mut self, delay: Duration) -> Self {
        self.delay_after = millis(delay);
        self
    }

    /// Answers with this status. The server does not act.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Answers with this HTML page.
    pub fn html(mut self, html: &str) -> Self {
        self.html = Some(html.to_owned());
        self
    }

    /// Answers with this JSON.
    pub fn json(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Adds a `Retry-After` header to the response.
    pub fn retry_after(mut self, value: &str) -> Self {
        self.retry_after = Some(value.to_owned());
        self
    }

    /// Redirects to `location`.
    pub fn redirect(mut self, status: u16, location: &str) -> Self {
        self.status = Some(status);
        self.location = Some(location.to_owned());
        self
    }

    /// Closes the connection.
    pub fn drop(mut self, when: Drop) -> Self {
        self.drop = Some(when);
        self
    }

    /// Limits the rate of the response's body.
    pub fn bytes_per_second(mut self, bytes: u32) -> Self {
        self.bytes_per_second = Some(bytes);
        self
    }
}

fn millis(delay: Duration) -> u64 {
    u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
}
