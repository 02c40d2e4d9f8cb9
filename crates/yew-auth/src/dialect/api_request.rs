//! A request, ready to be sent.

use gloo_net::http::Method;
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

use crate::json;

/// A request without what authorizes it. Its body may hold a password, so it has no `Debug`.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::ApiRequest;
///
/// let request = ApiRequest::post("/api/login").with_fields(&[("username", "ada"), ("password", "correct horse")]);
/// assert_eq!(request.path(), "/api/login");
/// ```
#[derive(Clone)]
pub struct ApiRequest {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<Body>,
    pub(crate) if_none_match: Option<String>,
}

/// The body of a request. Each copy is wiped from memory when it is dropped: it may hold a password.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(crate) enum Body {
    Json(Zeroizing<String>),
    Form(Vec<(String, Zeroizing<String>)>),
}

/// Written as one JSON object. A map would be built and sorted first: 1.7 KB of code in brotli.
struct Fields<'a>(&'a [(&'a str, &'a str)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

impl ApiRequest {
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), body: None, if_none_match: None }
    }

    /// A `GET` request. The path starts with a slash.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// A `POST` request.
    #[must_use]
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// A `PATCH` request.
    #[must_use]
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// A `DELETE` request.
    #[must_use]
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// Sends these fields as a JSON object.
    #[must_use]
    pub fn with_fields(self, fields: &[(&str, &str)]) -> Self {
        self.with_json(&Fields(fields))
    }

    /// Sends a value as JSON. Without a JSON form, such as a map whose keys are not strings, the body is empty.
    #[must_use]
    pub fn with_json(self, value: &impl Serialize) -> Self {
        self.with_json_text(json::text(value))
    }

    /// Sends these fields as a form (`application/x-www-form-urlencoded`), as OAuth 2.0 does (RFC 6749 appendix B).
    #[must_use]
    pub fn with_form(self, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned().into())).collect();
        Self { body: Some(Body::Form(fields)), ..self }
    }

    pub(crate) fn with_json_text(self, text: String) -> Self {
        Self { body: Some(Body::Json(text.into())), ..self }
    }

    /// Where it goes.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}
