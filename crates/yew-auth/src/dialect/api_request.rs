//! A request, ready to be sent.

use gloo_net::http::Method;

use crate::transport::ApiPath;

/// A request without what authorizes it. Its body may hold a password, so it has no `Debug`.
#[derive(Clone)]
pub(crate) struct ApiRequest {
    pub(crate) method: Method,
    pub(crate) path: ApiPath,
    pub(crate) json: Option<String>,
    pub(crate) if_none_match: Option<String>,
}

impl ApiRequest {
    pub(crate) fn new(method: Method, path: ApiPath, json: Option<String>) -> Self {
        Self { method, path, json, if_none_match: None }
    }

    /// A `GET` request.
    pub(crate) fn get(path: ApiPath) -> Self {
        Self::new(Method::GET, path, None)
    }
}
