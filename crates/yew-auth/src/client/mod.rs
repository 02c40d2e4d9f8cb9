//! Sends requests to the backend.

mod accounts;
mod noticed;
#[cfg(feature = "dpop")]
mod proof;
mod request_error;
mod retry_after;
mod sessions;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::browser::http::{self, HttpBody, HttpError, HttpRequest, HttpResponse};
use crate::browser::{clock, location, page};
use crate::dialect::{ApiRequest, ApiResponse, Body, Dialect, Misconfiguration, Rejection, without_byte_order_mark};
#[cfg(feature = "dpop")]
use crate::transport::Dpop;
use crate::transport::{ApiPath, Header, Transport};
pub(crate) use accounts::supported;
pub(crate) use noticed::Noticed;
pub use request_error::{Expectation, RequestError};
use retry_after::retry_after;
pub(crate) use sessions::{Presented, SignedIn};
use yew_auth_session::{AccessToken, CredentialKind, SessionId};

/// An answer in flight. It is boxed so that what a request may wait for is compiled once, not once for each caller.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, RequestError>> + 'a>>;

/// Sends requests in the backend's dialect, over its transport. It has no session: what authorizes a request is passed in,
/// and so is the session that the page shows, if its cookies are named after it.
#[derive(Clone, Debug)]
pub(crate) struct ApiClient {
    pub(crate) dialect: Rc<dyn Dialect>,
    pub(crate) transport: Rc<dyn Transport>,
    pub(crate) noticed: Rc<Noticed>,
    pub(crate) timeout: Duration,
    pub(crate) max_body: usize,
}

// Derived, it would move the trait objects out of their `Rc`.
impl PartialEq for ApiClient {
    fn eq(&self, other: &Self) -> bool {
        *self.dialect == *other.dialect
            && *self.transport == *other.transport
            && self.timeout == other.timeout
            && self.max_body == other.max_body
    }
}

impl ApiClient {
    /// Whether a sign-in replaces the credentials of the session before, in all tabs.
    pub(crate) fn replaces_credentials(&self) -> bool {
        self.transport.kind() == CredentialKind::Cookie
    }

    pub(crate) fn uses_cookies(&self) -> bool {
        self.transport.kind() != CredentialKind::Bearer
    }

    /// Whether anything at the backend's origin answers, whatever it says.
    pub(crate) async fn reaches_backend(&self) -> bool {
        let Ok(root) = ApiPath::new("/") else { return false };
        http::reaches(self.transport.base().url(&root), self.timeout).await
    }

    /// Sends a request with what authorizes it.
    pub(crate) fn send_authorized(
        &self,
        request: ApiRequest,
        access: Option<&AccessToken>,
        session: Option<&SessionId>,
    ) -> Answer<'_> {
        let headers = self.headers(session, access);
        Box::pin(async move { self.success(self.answer(request, headers).await?) })
    }

    /// The address of a path for a request that cannot carry a header: its query names the session.
    pub(crate) fn url(&self, path: &ApiPath, session: Option<&SessionId>) -> String {
        let url = self.transport.base().url(path);
        let Some((name, value)) = self.transport.query(session) else { return url };
        location::with_query(&url, &location::encode_query(&[(name, &value)]))
    }

    /// Sends a request without authorization. A stale `Authorization` header would be refused before the backend looks at
    /// the request.
    fn send(&self, request: ApiRequest, session: Option<&SessionId>) -> Answer<'_> {
        self.send_authorized(request, None, session)
    }

    /// The same, whatever the answer's status is.
    fn ask<'a>(&'a self, request: ApiRequest, access: Option<&AccessToken>, session: Option<&SessionId>) -> Answer<'a> {
        let headers = self.headers(session, access);
        Box::pin(self.answer(request, headers))
    }

    fn headers(&self, session: Option<&SessionId>, access: Option<&AccessToken>) -> Vec<Header> {
        let mut headers = self.transport.headers(session);
        headers.extend(access.map(|token| self.authorization(token)));
        headers
    }

    fn authorization(&self, access: &AccessToken) -> Header {
        #[cfg(feature = "dpop")]
        if self.transport.dpop().is_some() {
            return Dpop::authorization(access);
        }
        self.dialect.authorization(access)
    }

    async fn answer(&self, request: ApiRequest, headers: Vec<Header>) -> Result<HttpResponse, RequestError> {
        #[cfg(feature = "dpop")]
        if let Some(dpop) = self.transport.dpop() {
            return self.prove_and_transmit(dpop, request, headers).await;
        }
        self.transmit(request, headers).await
    }

    async fn transmit(&self, request: ApiRequest, mut headers: Vec<Header>) -> Result<HttpResponse, RequestError> {
        if let Some(etag) = request.if_none_match {
            headers.push(("if-none-match", etag));
        }
        http::send(HttpRequest {
            method: request.method,
            url: self.transport.base().url(&ApiPath::new(&request.path)?),
            headers,
            body: request.body.map(http_body),
            credentials: self.transport.cookies(),
            timeout: self.timeout,
            max_body: self.max_body,
        })
        .await
        .map_err(request_error)
        .inspect(|response| self.notice_hidden_headers(response))
    }

    fn success(&self, response: HttpResponse) -> Result<HttpResponse, RequestError> {
        match response.status {
            200..=299 | 304 => Ok(response),
            _ => {
                let retry_after = wait(&response);
                let rejection = self.dialect.read_rejection(&response.into());
                Err(RequestError::Status(Rejection { retry_after, ..rejection }))
            }
        }
    }

    /// Every server dates its answers (RFC 9110 section 6.6.1), so an answer without a date has hidden headers.
    fn notice_hidden_headers(&self, response: &HttpResponse) {
        if response.date.is_none() && self.transport.base().is_another_than(location::origin().as_deref()) {
            self.noticed.add(Misconfiguration::HiddenHeaders);
        }
    }
}

/// Reads the body of an answer. An answer without content is read as `null` (RFC 9110 section 15.3.5), and so is one whose
/// body is empty: many servers answer a `POST` with 200 or 201 and nothing.
pub(crate) fn json<T: DeserializeOwned>(response: &HttpResponse, path: &str) -> Result<T, RequestError> {
    let body = without_byte_order_mark(&response.body);
    let body = if body.trim_ascii().is_empty() { b"null" } else { body };
    serde_json::from_slice(body).map_err(|_| {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
        let what = if is_json { "the fields that the app asks for" } else { "JSON" };
        RequestError::UnexpectedBody(Expectation::new(what, path))
    })
}

impl From<HttpResponse> for ApiResponse {
    fn from(response: HttpResponse) -> Self {
        Self::new(response.status, response.body)
    }
}

fn http_body(body: Body) -> HttpBody {
    match body {
        Body::Json(text) => HttpBody { text, content_type: "application/json" },
        Body::Form(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            HttpBody { text: location::encode_query(&fields).into(), content_type: "application/x-www-form-urlencoded" }
        }
    }
}

fn request_error(error: HttpError) -> RequestError {
    match error {
        HttpError::Network if !page::is_online() => RequestError::Offline,
        HttpError::Network => RequestError::Unreachable,
        HttpError::TimedOut => RequestError::TimedOut,
        HttpError::TooLarge => RequestError::TooLarge,
        HttpError::Unsendable => RequestError::Unsendable,
    }
}

/// How long the server asks to wait before the next try.
fn wait(response: &HttpResponse) -> Option<Duration> {
    // A date in `Retry-After` is on the server's clock, so it is compared with the server's date.
    let now = response.date.as_deref().and_then(clock::parse_date).unwrap_or_else(clock::wall);
    response.retry_after.as_deref().and_then(|text| retry_after(text, now, clock::parse_date))
}
