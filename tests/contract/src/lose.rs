//! Losing the answer to a request.

use hyper::Method;

/// The next request with this method and path is answered by the server, and the answer is lost.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lose {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
}
