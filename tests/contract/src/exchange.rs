//! A request and the answer to it, as they passed.

use std::time::Instant;

use bytes::Bytes;
use hyper::{HeaderMap, Method};

/// A request of the browser, and the status of the server's answer.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) status: u16,
    /// When the request arrived.
    pub(crate) at: Instant,
    /// Whether the browser never got the answer.
    pub(crate) is_lost: bool,
}
