//! What goes wrong on the wire: the rules that the backend's `faults` app carries out.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

/// One rule. The first that matches a request counts.
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

/// When the connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drop {
    /// Before the server acted.
    Before,
    /// After the server acted: its answer is lost.
    After,
    /// In the middle of the answer's body.
    Mid,
}

impl Fault {
    /// A rule for each request of `path`.
    pub fn on(path: &str) -> Self {
        Self { path: format!("^{path}$"), ..Self::default() }
    }

    /// Only for the next so many.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Lets the server act only after `delay`.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = millis(delay);
        self
    }

    /// Lets the server act at once, and answer only after `delay`.
    pub fn delay_answer(mut self, delay: Duration) -> Self {
        self.delay_after = millis(delay);
        self
    }

    /// Answers this status; the server does not act.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Answers this page.
    pub fn html(mut self, html: &str) -> Self {
        self.html = Some(html.to_owned());
        self
    }

    /// Answers this JSON.
    pub fn json(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Adds a `Retry-After` to the answer.
    pub fn retry_after(mut self, value: &str) -> Self {
        self.retry_after = Some(value.to_owned());
        self
    }

    /// Redirects there.
    pub fn redirect(mut self, status: u16, location: &str) -> Self {
        self.status = Some(status);
        self.location = Some(location.to_owned());
        self
    }

    /// Cuts the connection.
    pub fn drop(mut self, when: Drop) -> Self {
        self.drop = Some(when);
        self
    }

    /// Lets the answer's body trickle.
    pub fn bytes_per_second(mut self, bytes: u32) -> Self {
        self.bytes_per_second = Some(bytes);
        self
    }
}

fn millis(delay: Duration) -> u64 {
    u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
}
