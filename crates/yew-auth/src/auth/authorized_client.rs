//! Requests that carry the session's newest token, and survive its end.

use std::fmt;
use std::rc::Rc;

use gloo_net::http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::driver::{Driver, Patience};
use super::scope::Scope;
use crate::api::{Answer, ApiPath, ApiRequest, RequestError, json};
use crate::browser::http::HttpResponse;
use yew_auth_session::{AccessToken, Generation, SignOutReason};

/// Sends requests for the component that got it by [`use_authorized_client`](crate::use_authorized_client).
///
/// Each request takes the newest token at the moment it is sent, waits for a refresh that is under way, and is replayed
/// once when the backend refuses the token all the same. Where the session has ended under a page that
/// [`WithAuth`](crate::WithAuth) keeps, it waits, and is sent once the same person has signed in again. Requests go to the
/// configured origin alone, and end with their component.
#[derive(Clone)]
pub struct AuthorizedClient {
    pub(super) driver: Rc<Driver>,
    pub(super) scope: Rc<Scope>,
}

impl AuthorizedClient {
    /// `GET` (RFC 9110 section 9.3.1).
    ///
    /// # Errors
    /// What kept the answer away, or made it no `T`.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, RequestError> {
        self.request(Method::GET, path, None).await
    }

    /// `POST` with a JSON body.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, RequestError> {
        self.request(Method::POST, path, Some(text(body)?)).await
    }

    /// `PUT` with a JSON body.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, RequestError> {
        self.request(Method::PUT, path, Some(text(body)?)).await
    }

    /// `PATCH` with a JSON body (RFC 5789).
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, RequestError> {
        self.request(Method::PATCH, path, Some(text(body)?)).await
    }

    /// `DELETE`; the answer's body is not looked at.
    ///
    /// # Errors
    /// What kept the answer away.
    pub async fn delete(&self, path: &str) -> Result<(), RequestError> {
        self.send(Method::DELETE, path, None).await.map(drop)
    }

    async fn request<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<T, RequestError> {
        json(&self.send(method, path, body).await?)
    }

    async fn send(&self, method: Method, path: &str, json: Option<String>) -> Result<HttpResponse, RequestError> {
        let request = ApiRequest { method, path: ApiPath::new(path)?, json, if_none_match: None };
        self.driver.note_activity();
        self.scope.run(send(&self.driver, request, Patience::Long)).await.ok_or(RequestError::Cancelled)?
    }
}

impl PartialEq for AuthorizedClient {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.driver, &other.driver) && Rc::ptr_eq(&self.scope, &other.scope)
    }
}

impl fmt::Debug for AuthorizedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizedClient").finish_non_exhaustive()
    }
}

/// Sends a request; once more, with another token, when the first one was refused. Never a third time: a backend that
/// refuses a token it has just issued would be asked forever.
pub(super) fn send(driver: &Rc<Driver>, request: ApiRequest, patience: Patience) -> Answer<'_> {
    Box::pin(send_twice_at_most(driver, request, patience))
}

async fn send_twice_at_most(
    driver: &Rc<Driver>,
    request: ApiRequest,
    patience: Patience,
) -> Result<HttpResponse, RequestError> {
    let sender = driver.sender();
    let (access, generation) = authorize(driver, sender.as_deref(), patience).await?;
    match driver.api.send_authorized(request.clone(), access.as_ref()).await {
        Err(RequestError::Status(rejection)) if rejection.status == 401 => driver.reject(generation),
        answer => return answer,
    }
    let (access, _) = authorize(driver, sender.as_deref(), patience).await?;
    driver.api.send_authorized(request, access.as_ref()).await
}

/// What one person has asked for is not sent in the name of another, who has signed in meanwhile.
async fn authorize(
    driver: &Rc<Driver>,
    sender: Option<&str>,
    patience: Patience,
) -> Result<(Option<AccessToken>, Generation), RequestError> {
    let authorization = driver.authorize(sender, patience).await?;
    if sender.is_some() && driver.user_id().as_deref() != sender {
        return Err(RequestError::SignedOut(SignOutReason::SignedOut));
    }
    Ok(authorization)
}

fn text(body: &impl Serialize) -> Result<String, RequestError> {
    serde_json::to_string(body).map_err(|_| RequestError::Unsendable)
}
