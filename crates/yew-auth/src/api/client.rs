//! The requests of a session, in dj-rest-auth's words.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::Method;
use serde::de::DeserializeOwned;
use web_sys::RequestCredentials;

use super::identity_provider::IdentityProvider;
use super::login::Login;
use super::path::ApiPath;
use super::rejection::Rejection;
use super::request_error::RequestError;
use super::retry_after::retry_after;
use super::token_response::TokenResponse;
use super::transport::{Header, Transport};
use super::wire::{CodeExchange, TokenAnswer, UserAnswer, object};
use crate::browser::http::{self, HttpError, HttpRequest, HttpResponse};
use crate::browser::{clock, page};
use crate::json::text;
use yew_auth_session::{AccessToken, IssuedTokens, RefreshOutcome, RefreshToken, Revocation, User};

/// An answer that is on its way. Boxed: all that a request may wait for would be compiled into each place that sends one.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, RequestError>> + 'a>>;

/// Talks to the backend. It knows no session: what proves a request's right is given to it.
#[derive(Clone, Debug)]
pub(crate) struct ApiClient {
    pub(crate) auth_path: ApiPath,
    pub(crate) social_path: ApiPath,
    pub(crate) transport: Rc<dyn Transport>,
    pub(crate) timeout: Duration,
    pub(crate) max_body: usize,
}

/// A request of a page. There may be a password in it, and so it has no `Debug`.
#[derive(Clone)]
pub(crate) struct ApiRequest {
    pub(crate) method: Method,
    pub(crate) path: ApiPath,
    pub(crate) json: Option<String>,
    pub(crate) if_none_match: Option<String>,
}

/// Who has signed in, and with what.
pub(crate) struct SignedIn {
    pub(crate) user: User,
    pub(crate) grant: IssuedTokens,
}

/// Transports are alike when they print alike.
impl PartialEq for ApiClient {
    fn eq(&self, other: &Self) -> bool {
        self.auth_path == other.auth_path
            && self.social_path == other.social_path
            && format!("{:?}", self.transport) == format!("{:?}", other.transport)
            && self.timeout == other.timeout
            && self.max_body == other.max_body
    }
}

impl ApiClient {
    /// Whether all tabs have the same credentials, as the browser keeps them.
    pub(crate) fn shares_credentials(&self) -> bool {
        self.transport.cookies() != RequestCredentials::Omit
    }

    pub(crate) async fn login(&self, login: &Login) -> Result<SignedIn, RequestError> {
        let name = if login.name.contains('@') { "email" } else { "username" };
        let body = object(&[(name, &login.name), ("password", login.password.secret())]);
        self.signed_in(self.post(&self.auth_path, "login/", body).await?)
    }

    /// Trades an authorization code for a session.
    pub(crate) async fn exchange(&self, provider: &str, exchange: &CodeExchange) -> Result<SignedIn, RequestError> {
        self.signed_in(self.post(&self.social_path, &format!("login/{provider}/"), text(exchange)).await?)
    }

    pub(crate) async fn providers(&self) -> Result<Vec<IdentityProvider>, RequestError> {
        let request = api_request(Method::GET, self.social_path.clone(), None);
        json(&self.send(request, Vec::new()).await?)
    }

    /// Asks for the signed-in person's own details, which [`user`] reads.
    pub(crate) fn user_request(&self) -> Result<ApiRequest, RequestError> {
        Ok(api_request(Method::GET, self.auth_path.join("user/")?, None))
    }

    pub(crate) async fn refresh(&self, token: Option<&RefreshToken>) -> RefreshOutcome {
        match self.present("token/refresh/", token).await.and_then(|response| self.grant(token_answer(&response)?)) {
            Ok(grant) => RefreshOutcome::Granted(Box::new(grant)),
            Err(error) if is_final(&error) => RefreshOutcome::Refused,
            Err(error) => RefreshOutcome::Failed { cause: error.degradation(), retry_after: error.retry_after() },
        }
    }

    /// Has the backend end a session. `true` when it has answered: a 4xx says that there is nothing left to end.
    pub(crate) async fn revoke(&self, revocation: &Revocation) -> bool {
        let token = match revocation {
            Revocation::Token(token) => Some(token),
            Revocation::Cookie => None,
        };
        match self.present("logout/", token).await {
            Ok(_) => true,
            Err(error) => !error.is_transient(),
        }
    }

    /// Sends a page's request with what proves its right.
    pub(crate) fn send_authorized(&self, request: ApiRequest, access: Option<&AccessToken>) -> Answer<'_> {
        self.send(request, self.transport.authorize(access))
    }

    /// Presents the refresh token: in the body, where a cookie does not.
    async fn present(&self, endpoint: &str, token: Option<&RefreshToken>) -> Result<HttpResponse, RequestError> {
        let field = token.map(|token| ("refresh", token.secret()));
        self.post(&self.auth_path, endpoint, object(field.as_slice())).await
    }

    /// No `Authorization` here: a stale one is refused before the backend has looked at the request.
    fn post<'a>(&'a self, path: &'a ApiPath, endpoint: &'a str, body: String) -> Answer<'a> {
        Box::pin(async move {
            let request = api_request(Method::POST, path.join(endpoint)?, Some(body));
            self.send(request, Vec::new()).await
        })
    }

    pub(super) fn send(&self, request: ApiRequest, headers: Vec<Header>) -> Answer<'_> {
        Box::pin(self.answer(request, headers))
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

    pub(super) fn signed_in(&self, response: HttpResponse) -> Result<SignedIn, RequestError> {
        let mut answer = token_answer(&response)?;
        let user = answer.user.take().ok_or(RequestError::UnexpectedBody)?;
        Ok(SignedIn { user: user.try_into()?, grant: self.grant(answer)? })
    }

    fn grant(&self, answer: TokenAnswer) -> Result<IssuedTokens, RequestError> {
        let date = |text: Option<String>| text.and_then(|text| clock::parse_date(&text));
        let answer = TokenResponse {
            access: answer.access.or(answer.access_token).and_then(|token| AccessToken::new(token).ok()),
            refresh: answer.refresh.or(answer.refresh_token).and_then(|token| RefreshToken::new(token).ok()),
            access_issued_at: date(answer.access_issued_at),
            access_expires_at: date(answer.access_expiration),
            refresh_expires_at: date(answer.refresh_expiration),
            session_ends_at: date(answer.session_expiration),
        };
        self.transport.grant(answer).ok_or(RequestError::UnexpectedBody)
    }
}

/// Reads an answer's body; that of a 204 is `null` (RFC 9110 section 15.3.5).
pub(crate) fn json<T: DeserializeOwned>(response: &HttpResponse) -> Result<T, RequestError> {
    let body: &[u8] = if response.status == 204 { b"null" } else { &response.body };
    serde_json::from_slice(body).map_err(|_| RequestError::UnexpectedBody)
}

fn token_answer(response: &HttpResponse) -> Result<TokenAnswer, RequestError> {
    serde_json::from_slice(&response.body).map_err(|_| RequestError::UnexpectedBody)
}

/// Reads the answer to [`ApiClient::user_request`].
pub(crate) fn user(response: &HttpResponse) -> Result<User, RequestError> {
    json::<UserAnswer>(response)?.try_into()
}

pub(super) fn api_request(method: Method, path: ApiPath, json: Option<String>) -> ApiRequest {
    ApiRequest { method, path, json, if_none_match: None }
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
    // A date is on the server's clock, and so is the answer's own.
    let now = response.date.as_deref().and_then(clock::parse_date).unwrap_or_else(clock::wall);
    let wait = response.retry_after.as_deref().and_then(|text| retry_after(text, now, clock::parse_date));
    Rejection::read(response.status, &response.body, wait)
}

/// 400 and 401 from the token endpoint are its final word (RFC 6749 section 5.2), when it is the endpoint that speaks:
/// a gateway's page is not.
fn is_final(error: &RequestError) -> bool {
    match error {
        RequestError::Status(rejection) => {
            let spoken = rejection.detail.is_some() || rejection.code.is_some() || !rejection.fields.is_empty();
            matches!(rejection.status, 400 | 401) && spoken
        }
        _ => false,
    }
}
