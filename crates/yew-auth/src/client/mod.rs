//! Sends requests to the backend.

mod request_error;
mod retry_after;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::browser::http::{self, HttpError, HttpRequest, HttpResponse};
use crate::browser::{clock, location, page};
use crate::dialect::{
    ApiRequest, CodeExchange, DjRestAuth, IdentityProvider, Login, NewAccount, Rejection, ResetLink, TokenAnswer,
};
use crate::transport::{ApiPath, Header, Transport};
pub use request_error::RequestError;
use retry_after::retry_after;
use yew_auth_session::{
    AccessToken, CredentialKind, Degradation, IssuedTokens, RefreshOutcome, RefreshToken, Revocation, SessionId,
    SessionsOutcome, User,
};

/// An answer in flight. It is boxed so that what a request may wait for is compiled once, not once for each caller.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, RequestError>> + 'a>>;

/// Sends requests in the backend's dialect, over its transport. It has no session: what authorizes a request is passed in,
/// and so is the session that the page shows, if its cookies are named after it.
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
    /// Whether a sign-in replaces the credentials of the session before, in all tabs.
    pub(crate) fn replaces_credentials(&self) -> bool {
        self.transport.kind() == CredentialKind::Cookie
    }

    pub(crate) fn uses_cookies(&self) -> bool {
        self.transport.kind() != CredentialKind::Bearer
    }

    pub(crate) async fn login(&self, login: &Login, session: Option<&SessionId>) -> Result<SignedIn, RequestError> {
        self.signed_in(&self.send(self.dialect.login(login)?, session).await?)
    }

    /// Exchanges an authorization code for a session.
    pub(crate) async fn exchange(
        &self,
        provider: &str,
        exchange: &CodeExchange,
        session: Option<&SessionId>,
    ) -> Result<SignedIn, RequestError> {
        self.signed_in(&self.send(self.dialect.exchange(provider, exchange)?, session).await?)
    }

    /// Creates an account. The answer has a session, unless the backend wants the email address confirmed first.
    pub(crate) async fn register(
        &self,
        account: &NewAccount,
        session: Option<&SessionId>,
    ) -> Result<Option<SignedIn>, RequestError> {
        let response = self.send(self.dialect.register(account)?, session).await?;
        match self.signed_in(&response) {
            Err(RequestError::UnexpectedBody) if DjRestAuth::may_lack_session(response.status) => Ok(None),
            signed_in => signed_in.map(Some),
        }
    }

    pub(crate) async fn providers(&self, session: Option<&SessionId>) -> Result<Vec<IdentityProvider>, RequestError> {
        json(&self.send(self.dialect.providers(), session).await?)
    }

    pub(crate) async fn request_password_reset(
        &self,
        email: &str,
        session: Option<&SessionId>,
    ) -> Result<(), RequestError> {
        self.send(self.dialect.password_reset(email)?, session).await.map(drop)
    }

    pub(crate) async fn confirm_password_reset(
        &self,
        link: &ResetLink,
        password: &str,
        session: Option<&SessionId>,
    ) -> Result<(), RequestError> {
        self.send(self.dialect.password_reset_confirm(link, password)?, session).await.map(drop)
    }

    /// Whom the cookies with fixed names belong to.
    pub(crate) async fn owner_of_cookies(&self) -> Result<User, RequestError> {
        user(&self.send(self.dialect.user()?, None).await?)
    }

    pub(crate) async fn refresh(&self, token: Option<&RefreshToken>, session: Option<&SessionId>) -> RefreshOutcome {
        match self.try_refresh(token, session).await {
            // The tokens of one session never become another's.
            Ok(tokens) if tokens.credentials.session() != session => {
                RefreshOutcome::Failed { cause: Degradation::BadAnswer, retry_after: None }
            }
            Ok(tokens) => RefreshOutcome::Granted(Box::new(tokens)),
            Err(RequestError::Status(rejection)) if DjRestAuth::ends_session(&rejection) => RefreshOutcome::Refused,
            Err(error) if error.names_another_session() => RefreshOutcome::AnotherSession,
            Err(error) => RefreshOutcome::Failed { cause: error.degradation(), retry_after: error.retry_after() },
        }
    }

    async fn try_refresh(
        &self,
        token: Option<&RefreshToken>,
        session: Option<&SessionId>,
    ) -> Result<IssuedTokens, RequestError> {
        let response = self.send(self.dialect.refresh(token)?, session).await?;
        self.grant(token_answer(&response)?)
    }

    /// Asks which sessions the browser holds cookies of.
    pub(crate) async fn sessions(&self, session: Option<&SessionId>) -> SessionsOutcome {
        match self.try_sessions(session).await {
            Ok(found) => found,
            Err(error) => SessionsOutcome::Failed { cause: error.degradation(), retry_after: error.retry_after() },
        }
    }

    async fn try_sessions(&self, session: Option<&SessionId>) -> Result<SessionsOutcome, RequestError> {
        let response = self.send(self.dialect.sessions()?, session).await?;
        let found = DjRestAuth::read_sessions(&response.body, clock::parse_date);
        let server_time = response.date.as_deref().and_then(clock::parse_date);
        found.map(|sessions| SessionsOutcome::Found { sessions, server_time }).ok_or(RequestError::UnexpectedBody)
    }

    /// Whether anything at the backend's origin answers, whatever it says.
    pub(crate) async fn reaches_backend(&self) -> bool {
        http::reaches(self.transport.base().url(&ApiPath::literal("/")), self.timeout).await
    }

    /// Ends a session at the backend. Returns whether nothing is left to end.
    pub(crate) async fn revoke(&self, revocation: &Revocation) -> bool {
        let (token, session) = match revocation {
            Revocation::Token(token) => (Some(token), None),
            Revocation::Session(session) => (None, Some(session)),
            Revocation::Cookie => (None, None),
        };
        match (self.try_revoke(token, session).await, revocation) {
            (Ok(()), _) => true,
            // The session is over, or the browser does not hold its cookies. Another refusal may be about other cookies.
            (Err(RequestError::Status(rejection)), Revocation::Session(_)) => matches!(rejection.status, 401 | 409),
            (Err(_), Revocation::Session(_)) => false,
            (Err(error), _) => !error.is_transient(),
        }
    }

    async fn try_revoke(&self, token: Option<&RefreshToken>, session: Option<&SessionId>) -> Result<(), RequestError> {
        self.send(self.dialect.logout(token)?, session).await.map(drop)
    }

    /// Sends a request with what authorizes it.
    pub(crate) fn send_authorized(
        &self,
        request: ApiRequest,
        access: Option<&AccessToken>,
        session: Option<&SessionId>,
    ) -> Answer<'_> {
        Box::pin(self.answer(request, self.headers(session, access)))
    }

    /// The address of a path for a request that cannot carry a header: its query names the session.
    pub(crate) fn url(&self, path: &ApiPath, session: Option<&SessionId>) -> String {
        let url = self.transport.base().url(path);
        let Some((name, value)) = self.transport.query(session) else { return url };
        let separator = if url.contains('?') { '&' } else { '?' };
        url + &format!("{separator}{}", location::encode_query(&[(name, &value)]))
    }

    /// Sends a request without authorization. A stale `Authorization` header would be refused before the backend looks at
    /// the request.
    fn send(&self, request: ApiRequest, session: Option<&SessionId>) -> Answer<'_> {
        Box::pin(self.answer(request, self.transport.headers(session)))
    }

    fn headers(&self, session: Option<&SessionId>, access: Option<&AccessToken>) -> Vec<Header> {
        let mut headers = self.transport.headers(session);
        headers.extend(self.transport.authorize(access));
        headers
    }

    async fn answer(&self, request: ApiRequest, mut headers: Vec<Header>) -> Result<HttpResponse, RequestError> {
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
