//! Sends requests to the backend.

mod request_error;
mod retry_after;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use web_sys::RequestCredentials;

use crate::browser::http::{self, HttpError, HttpRequest, HttpResponse};
use crate::browser::{clock, page};
use crate::dialect::{
    ApiRequest, CodeExchange, DjRestAuth, IdentityProvider, Login, NewAccount, Rejection, ResetLink, TokenAnswer,
};
use crate::transport::{Header, Transport};
pub use request_error::RequestError;
use retry_after::retry_after;
use yew_auth_session::{AccessToken, IssuedTokens, RefreshOutcome, RefreshToken, Revocation, User};

/// An answer in flight. It is boxed so that what a request may wait for is compiled once, not once for each caller.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, RequestError>> + 'a>>;

/// Sends requests in the backend's dialect, over its transport. It has no session: what authorizes a request is passed in.
#[derive(Clone, Debug)]
pub(crate) struct ApiClient {
    pub(crate) dialect: DjRestAuth,
    pub(crate) transport: Rc<dyn Transport>,
    pub(crate) timeout: Duration,
    pub(crate) max_body: usize,
}

/// The user who has signed in, and their tokens.
pub(crate) struct SignedIn {
    pub(crate) user: User,
    pub(crate) tokens: IssuedTokens,
}

// Derived, it would move the transport out of its `Rc`.
impl PartialEq for ApiClient {
    fn eq(&self, other: &Self) -> bool {
        self.dialect == other.dialect
            && *self.transport == *other.transport
            && self.timeout == other.timeout
            && self.max_body == other.max_body
    }
}

impl ApiClient {
    /// Whether the browser keeps the credentials, so that all tabs share them.
    pub(crate) fn shares_credentials(&self) -> bool {
        self.transport.cookies() != RequestCredentials::Omit
    }

    pub(crate) async fn login(&self, login: &Login) -> Result<SignedIn, RequestError> {
        self.signed_in(&self.send(self.dialect.login(login)?).await?)
    }

    /// Exchanges an authorization code for a session.
    pub(crate) async fn exchange(&self, provider: &str, exchange: &CodeExchange) -> Result<SignedIn, RequestError> {
        self.signed_in(&self.send(self.dialect.exchange(provider, exchange)?).await?)
    }

    /// Creates an account. The answer has a session, unless the backend wants the email address confirmed first.
    pub(crate) async fn register(&self, account: &NewAccount) -> Result<Option<SignedIn>, RequestError> {
        let response = self.send(self.dialect.register(account)?).await?;
        match self.signed_in(&response) {
            Err(RequestError::UnexpectedBody) if DjRestAuth::may_lack_session(response.status) => Ok(None),
            signed_in => signed_in.map(Some),
        }
    }

    pub(crate) async fn providers(&self) -> Result<Vec<IdentityProvider>, RequestError> {
        json(&self.send(self.dialect.providers()).await?)
    }

    pub(crate) async fn request_password_reset(&self, email: &str) -> Result<(), RequestError> {
        self.send(self.dialect.password_reset(email)?).await.map(drop)
    }

    pub(crate) async fn confirm_password_reset(&self, link: &ResetLink, password: &str) -> Result<(), RequestError> {
        self.send(self.dialect.password_reset_confirm(link, password)?).await.map(drop)
    }

    pub(crate) async fn refresh(&self, token: Option<&RefreshToken>) -> RefreshOutcome {
        match self.try_refresh(token).await {
            Ok(tokens) => RefreshOutcome::Granted(Box::new(tokens)),
            Err(RequestError::Status(rejection)) if DjRestAuth::ends_session(&rejection) => RefreshOutcome::Refused,
            Err(error) => RefreshOutcome::Failed { cause: error.degradation(), retry_after: error.retry_after() },
        }
    }

    async fn try_refresh(&self, token: Option<&RefreshToken>) -> Result<IssuedTokens, RequestError> {
        let response = self.send(self.dialect.refresh(token)?).await?;
        self.grant(token_answer(&response)?)
    }

    /// Ends a session at the backend. Returns whether the backend has answered; a 4xx says that nothing is left to end.
    pub(crate) async fn revoke(&self, revocation: &Revocation) -> bool {
        let token = match revocation {
            Revocation::Token(token) => Some(token),
            Revocation::Cookie => None,
        };
        match self.try_revoke(token).await {
            Ok(()) => true,
            Err(error) => !error.is_transient(),
        }
    }

    async fn try_revoke(&self, token: Option<&RefreshToken>) -> Result<(), RequestError> {
        self.send(self.dialect.logout(token)?).await.map(drop)
    }

    /// Sends a request with what authorizes it.
    pub(crate) fn send_authorized(&self, request: ApiRequest, access: Option<&AccessToken>) -> Answer<'_> {
        Box::pin(self.answer(request, self.transport.authorize(access)))
    }

    /// Sends a request without authorization. A stale `Authorization` header would be refused before the backend looks at
    /// the request.
    fn send(&self, request: ApiRequest) -> Answer<'_> {
        Box::pin(self.answer(request, Vec::new()))
    }

    async fn answer(&self, request: ApiRequest, mut headers: Vec<Header>) -> Result<HttpResponse, RequestError> {
        headers.extend(self.transport.headers());
        if let Some(etag) = request.if_none_match {
            headers.push(("if-none-match", etag));
        }
        let response = http::send(HttpRequest {
            method: request.method,
            url: self.transport.base().url(&request.path),
            headers,
            json: request.json,
            credentials: self.transport.cookies(),
            timeout: self.timeout,
            max_body: self.max_body,
        })
        .await
        .map_err(request_error)?;
        match response.status {
            200..=299 | 304 => Ok(response),
            _ => Err(RequestError::Status(rejection(&response))),
        }
    }

    fn signed_in(&self, response: &HttpResponse) -> Result<SignedIn, RequestError> {
        let mut answer = token_answer(response)?;
        let user = answer.take_user().ok_or(RequestError::UnexpectedBody)?;
        Ok(SignedIn { user, tokens: self.grant(answer)? })
    }

    fn grant(&self, answer: TokenAnswer) -> Result<IssuedTokens, RequestError> {
        self.transport.grant(answer.into_response(clock::parse_date)).ok_or(RequestError::UnexpectedBody)
    }
}

/// Reads the body of an answer. An answer without content is read as `null` (RFC 9110 section 15.3.5).
pub(crate) fn json<T: DeserializeOwned>(response: &HttpResponse) -> Result<T, RequestError> {
    let body: &[u8] = if response.status == 204 { b"null" } else { &response.body };
    serde_json::from_slice(body).map_err(|_| RequestError::UnexpectedBody)
}

/// Reads the answer to a request for the user's details.
pub(crate) fn user(response: &HttpResponse) -> Result<User, RequestError> {
    DjRestAuth::read_user(&response.body).ok_or(RequestError::UnexpectedBody)
}

fn token_answer(response: &HttpResponse) -> Result<TokenAnswer, RequestError> {
    serde_json::from_slice(&response.body).map_err(|_| RequestError::UnexpectedBody)
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

fn rejection(response: &HttpResponse) -> Rejection {
    // A date in `Retry-After` is on the server's clock, so it is compared with the server's date.
    let now = response.date.as_deref().and_then(clock::parse_date).unwrap_or_else(clock::wall);
    let wait = response.retry_after.as_deref().and_then(|text| retry_after(text, now, clock::parse_date));
    Rejection::read(response.status, &response.body, wait)
}
