//! Sessions: how they begin, go on and end.

use std::time::Duration;

use super::accounts::supported;
use super::{ApiClient, Expectation, RequestError, wait};
use crate::browser::clock;
use crate::browser::http::HttpResponse;
use crate::dialect::{AnswerError, ApiRequest, ApiResponse, Login, Misconfiguration, Rejection};
use yew_auth_session::{
    AccessToken, Degradation, IssuedTokens, RefreshOutcome, RefreshToken, Revocation, SessionId, SessionsOutcome,
    Timestamp, User,
};

/// The user who has signed in, and their tokens.
pub(crate) struct SignedIn {
    pub(crate) user: User,
    pub(crate) tokens: IssuedTokens,
}

/// What a refresh presents.
#[derive(Clone, Default)]
pub(crate) struct Presented {
    /// The refresh token, if the page holds one.
    pub(crate) refresh: Option<RefreshToken>,
    /// The access token, if the page holds it.
    pub(crate) access: Option<AccessToken>,
    /// The session, if its cookies are named after it.
    pub(crate) session: Option<SessionId>,
}

impl ApiClient {
    pub(crate) async fn login(&self, login: &Login, session: Option<&SessionId>) -> Result<SignedIn, RequestError> {
        self.open_session(self.dialect.sign_in(login), session).await
    }

    /// Sends a request that opens a session.
    pub(super) async fn open_session(
        &self,
        request: ApiRequest,
        session: Option<&SessionId>,
    ) -> Result<SignedIn, RequestError> {
        let path = request.path.clone();
        self.prepare(session).await;
        let response = match self.send(request.clone(), session).await {
            Err(RequestError::Status(rejection)) if self.dialect.wants_sign_out_first(rejection.status) => {
                self.revoke(&Revocation::Cookie).await;
                self.send(request, session).await?
            }
            response => response?,
        };
        self.read_session(response, &path, session).await
    }

    /// Gets a CSRF token, if one is needed. Without it the request that follows is refused, and that says why.
    pub(super) async fn prepare(&self, session: Option<&SessionId>) {
        if self.transport.lacks_csrf_token()
            && let Some(request) = self.dialect.csrf_token()
        {
            let _ = self.send(request, session).await;
        }
    }

    /// Reads the answer that opens a session. Who has signed in is asked for where the answer does not say.
    pub(super) async fn read_session(
        &self,
        response: HttpResponse,
        path: &str,
        session: Option<&SessionId>,
    ) -> Result<SignedIn, RequestError> {
        let server_time = server_time(&response);
        let answer = self.dialect.read_sign_in(&response.into());
        let granted = answer.and_then(|answer| {
            let is_refreshed = !answer.tokens.cannot_be_refreshed;
            let tokens = self.transport.grant(answer.tokens.issued(server_time, clock::wall()))?;
            if is_refreshed && tokens.access_expires_at.is_none() {
                self.noticed.add(Misconfiguration::NoExpiry);
            }
            Ok((answer.user, tokens))
        });
        let (user, tokens) = granted.map_err(|error| self.unusable(error, path))?;
        self.noticed.server_time(server_time);
        let user = match user {
            Some(user) => user,
            None => self.user_of(&tokens, session, path).await?,
        };
        Ok(SignedIn { user, tokens })
    }

    fn unusable(&self, error: AnswerError, path: &str) -> RequestError {
        if let AnswerError::Misconfigured(misconfiguration) = error {
            self.noticed.add(misconfiguration);
        }
        RequestError::of_answer(error, path)
    }

    async fn user_of(
        &self,
        tokens: &IssuedTokens,
        session: Option<&SessionId>,
        path: &str,
    ) -> Result<User, RequestError> {
        let access = tokens.credentials.access_token();
        let session = tokens.credentials.session().or(session);
        match self.dialect.user() {
            Some(request) => self.user(request, access, session).await,
            None => access
                .and_then(|access| self.dialect.user_of_token(access))
                .ok_or_else(|| RequestError::UnexpectedBody(Expectation::new("the user", path))),
        }
    }

    async fn user(
        &self,
        request: ApiRequest,
        access: Option<&AccessToken>,
        session: Option<&SessionId>,
    ) -> Result<User, RequestError> {
        let path = request.path.clone();
        self.read_user(self.send_authorized(request, access, session).await?, &path)
    }

    /// Whom the cookies with fixed names belong to, if the backend says so.
    pub(crate) async fn owner_of_cookies(&self) -> Option<User> {
        self.user(self.dialect.user()?, None, None).await.ok()
    }

    /// Reads the answer to a request for the user's details.
    pub(crate) fn read_user(&self, response: HttpResponse, path: &str) -> Result<User, RequestError> {
        let user = self.dialect.read_user(&response.into());
        user.ok_or_else(|| RequestError::UnexpectedBody(Expectation::new("a user with an id", path)))
    }

    /// Trades the refresh token for new tokens. Where there is none to trade, asks whether the session still lives; the
    /// answer describes its user.
    pub(crate) async fn refresh(&self, presented: &Presented) -> (RefreshOutcome, Option<User>) {
        let may_trade = presented.refresh.is_some() || presented.access.is_none();
        let trade = self.dialect.refresh(presented.refresh.as_ref()).filter(|_| may_trade);
        match (trade, self.dialect.user()) {
            (Some(request), _) => (self.trade(request, presented).await, None),
            (None, Some(request)) => self.confirm(request, presented).await,
            // Nobody can be asked: that the API has refused the token is all that there is to know.
            (None, None) => (RefreshOutcome::Refused, None),
        }
    }

    async fn trade(&self, request: ApiRequest, presented: &Presented) -> RefreshOutcome {
        let path = request.path.clone();
        let response = match self.ask(request, None, presented.session.as_ref()).await {
            Ok(response) => response,
            Err(error) => return failed(&error),
        };
        let server_time = server_time(&response);
        let retry_after = wait(&response);
        let answer = ApiResponse::from(response);
        if !answer.is_success() {
            return self.refusal(&answer, retry_after);
        }
        let granted = self.dialect.read_refresh(&answer).and_then(|mut tokens| {
            // A backend that does not rotate sends no new one (RFC 6749 section 6).
            if tokens.refresh.is_none() && presented.refresh.is_some() {
                self.noticed.add(Misconfiguration::NoRotation);
                tokens.refresh.clone_from(&presented.refresh);
            }
            self.transport.grant(tokens.issued(server_time, clock::wall()))
        });
        match granted {
            // The tokens of one session never become another's.
            Ok(tokens) if tokens.credentials.session() == presented.session.as_ref() => {
                RefreshOutcome::Granted(Box::new(tokens))
            }
            Ok(_) => RefreshOutcome::Failed { cause: Degradation::BadAnswer, retry_after: None },
            Err(error) => failed(&self.unusable(error, &path)),
        }
    }

    async fn confirm(&self, request: ApiRequest, presented: &Presented) -> (RefreshOutcome, Option<User>) {
        let response = match self.ask(request, presented.access.as_ref(), presented.session.as_ref()).await {
            Ok(response) => response,
            Err(error) => return (failed(&error), None),
        };
        let retry_after = wait(&response);
        let answer = ApiResponse::from(response);
        if !answer.is_success() {
            return (self.refusal(&answer, retry_after), None);
        }
        match self.dialect.read_user(&answer) {
            Some(user) => (RefreshOutcome::Confirmed, Some(user)),
            None => (RefreshOutcome::Failed { cause: Degradation::BadAnswer, retry_after: None }, None),
        }
    }

    /// What a refused refresh means for the session.
    fn refusal(&self, answer: &ApiResponse, retry_after: Option<Duration>) -> RefreshOutcome {
        let rejection = Rejection { retry_after, ..self.dialect.read_rejection(answer) };
        match self.dialect.ends_session(answer) {
            true => RefreshOutcome::Refused,
            false if rejection.names_another_session() => RefreshOutcome::AnotherSession,
            false => failed(&RequestError::Status(rejection)),
        }
    }

    /// Ends a session at the backend. Returns whether nothing is left to end.
    pub(crate) async fn revoke(&self, revocation: &Revocation) -> bool {
        let (refresh, access, session) = match revocation {
            Revocation::Token(token) => (Some(token), None, None),
            Revocation::Access(token) => (None, Some(token), None),
            Revocation::Session(session) => (None, None, Some(session)),
            Revocation::Cookie => (None, None, None),
        };
        let Some(request) = self.dialect.sign_out(refresh) else { return true };
        let Ok(response) = self.ask(request, access, session).await else { return false };
        let answer = ApiResponse::from(response);
        if answer.status() == 404 {
            self.noticed.add(Misconfiguration::NoSignOutEndpoint);
        }
        // The browser does not hold the cookies of the session any more.
        let is_gone = session.is_some() && self.dialect.read_rejection(&answer).names_another_session();
        is_gone || self.dialect.is_signed_out(&answer)
    }

    /// Asks which sessions the browser holds cookies of.
    pub(crate) async fn sessions(&self, session: Option<&SessionId>) -> SessionsOutcome {
        match self.try_sessions(session).await {
            Ok(found) => found,
            Err(error) => SessionsOutcome::Failed { cause: error.degradation(), retry_after: error.retry_after() },
        }
    }

    async fn try_sessions(&self, session: Option<&SessionId>) -> Result<SessionsOutcome, RequestError> {
        let request = supported(self.dialect.sessions())?;
        let path = request.path.clone();
        let response = self.send(request, session).await?;
        let server_time = server_time(&response);
        let found = self.dialect.read_sessions(&response.into());
        found
            .map(|sessions| SessionsOutcome::Found { sessions, server_time })
            .ok_or_else(|| RequestError::UnexpectedBody(Expectation::new("a list of sessions", &path)))
    }
}

/// When the answer was made, on the server's clock.
fn server_time(response: &HttpResponse) -> Option<Timestamp> {
    response.date.as_deref().and_then(clock::parse_date)
}

fn failed(error: &RequestError) -> RefreshOutcome {
    RefreshOutcome::Failed { cause: error.degradation(), retry_after: error.retry_after() }
}
