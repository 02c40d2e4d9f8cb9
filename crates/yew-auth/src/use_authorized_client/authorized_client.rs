//! Requests that carry the session's newest token and can outlast its end.

use std::fmt;
use std::rc::Rc;

use gloo_net::http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::scope::Scope;
use crate::browser::http::HttpResponse;
use crate::client::{RequestError, json};
use crate::dialect::ApiRequest;
use crate::driver::{Driver, OnSessionEnd};
use crate::transport::ApiPath;
use yew_auth_session::SessionState;

/// Sends requests in the name of the signed-in user: see [`use_authorized_client`](crate::use_authorized_client).
///
/// - Each request carries the newest access token and waits for a refresh that is due or in flight.
/// - A request that the backend answers with 401 is replayed once with a new token.
/// - If the session ends under a page that [`WithAuth`](crate::WithAuth) keeps, its requests wait, and are sent once the
///   same user has signed in again.
/// - Requests go to the configured origin only, and are cancelled when their component is unmounted.
#[derive(Clone, PartialEq)]
pub struct AuthorizedClient {
    driver: Rc<Driver>,
    scope: Rc<Scope>,
}

impl AuthorizedClient {
    pub(super) fn new(driver: Rc<Driver>, scope: Rc<Scope>) -> Self {
        Self { driver, scope }
    }

    /// Sends a `GET` request and reads the JSON of its answer (RFC 9110 section 9.3.1).
    ///
    /// # Errors
    /// When no answer arrived, its status is not a success, or its body is not a `T`.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, RequestError> {
        self.request(Method::GET, path, None).await
    }

    /// Sends a `POST` request with a JSON body and reads the JSON of its answer. An answer without content (204) is read
    /// as `null`: use `()` or an `Option` for it.
    ///
    /// # Errors
    /// As for [`get`](Self::get), and [`RequestError::Unsendable`] when `body` has no JSON form.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, RequestError> {
        self.request(Method::POST, path, Some(to_json(body)?)).await
    }

    /// Sends a `PUT` request with a JSON body and reads the JSON of its answer.
    ///
    /// # Errors
    /// As for [`post`](Self::post).
    pub async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, RequestError> {
        self.request(Method::PUT, path, Some(to_json(body)?)).await
    }

    /// Sends a `PATCH` request with a JSON body and reads the JSON of its answer (RFC 5789).
    ///
    /// # Errors
    /// As for [`post`](Self::post).
    pub async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, RequestError> {
        self.request(Method::PATCH, path, Some(to_json(body)?)).await
    }

    /// Sends a `DELETE` request. The body of the answer is ignored.
    ///
    /// # Errors
    /// When no answer arrived, or its status is not a success.
    pub async fn delete(&self, path: &str) -> Result<(), RequestError> {
        self.send(Method::DELETE, path, None).await.map(drop)
    }

    /// The address of `path` for a request that cannot carry a header: a download link, an image, a WebSocket. Over
    /// [`Cookie`](crate::transport::Cookie) it names the session that the page shows, so that the backend never serves
    /// another one. The backend accepts such an address for safe methods only.
    ///
    /// It holds no secret. Over [`Bearer`](crate::transport::Bearer) it is therefore not authorized at all. Ask for the
    /// address on each render, since it changes with the session.
    ///
    /// # Errors
    /// [`RequestError::InvalidPath`], and [`RequestError::SignedOut`] when no user is signed in.
    ///
    /// # Example
    ///
    /// ```
    /// use yew::prelude::*;
    /// use yew_auth::use_authorized_client;
    ///
    /// #[component]
    /// fn Download() -> Html {
    ///     let client = use_authorized_client();
    ///     match client.url("/api/invoices/7.pdf") {
    ///         Ok(url) => html! { <a href={url} download="">{ "Invoice" }</a> },
    ///         Err(_) => html! {},
    ///     }
    /// }
    /// ```
    pub fn url(&self, path: &str) -> Result<String, RequestError> {
        let path = ApiPath::new(path)?;
        match &*self.driver.snapshot().state {
            SessionState::Unauthenticated(reason) => Err(RequestError::SignedOut(*reason)),
            _ => Ok(self.driver.api.url(&path, self.driver.session_id().as_ref())),
        }
    }

    async fn request<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<T, RequestError> {
        json(&self.send(method, path, body).await?, path)
    }

    async fn send(&self, method: Method, path: &str, json: Option<String>) -> Result<HttpResponse, RequestError> {
        let request = ApiRequest::new(method, path);
        let request = match json {
            Some(json) => request.with_json_text(json),
            None => request,
        };
        self.driver.note_activity();
        let answer = self.driver.send(request, OnSessionEnd::WaitForSignIn);
        self.scope.run(answer).await.ok_or(RequestError::Cancelled)?
    }
}

impl fmt::Debug for AuthorizedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizedClient").finish_non_exhaustive()
    }
}

fn to_json(body: &impl Serialize) -> Result<String, RequestError> {
    serde_json::to_string(body).map_err(|_| RequestError::Unsendable)
}
