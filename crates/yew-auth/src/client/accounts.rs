//! Accounts and identity providers.

use super::{ApiClient, RequestError, SignedIn, json};
use crate::dialect::{ApiRequest, ApiResponse, CodeExchange, IdentityProvider, NewAccount, ResetLink};
use yew_auth_session::SessionId;

impl ApiClient {
    /// Exchanges an authorization code for a session.
    pub(crate) async fn exchange(
        &self,
        provider: &str,
        exchange: &CodeExchange,
        session: Option<&SessionId>,
    ) -> Result<SignedIn, RequestError> {
        self.open_session(supported(self.dialect.exchange(provider, exchange))?, session).await
    }

    /// Creates an account. The answer has a session, unless the backend wants the email address confirmed first.
    pub(crate) async fn register(
        &self,
        account: &NewAccount,
        session: Option<&SessionId>,
    ) -> Result<Option<SignedIn>, RequestError> {
        let request = supported(self.dialect.register(account))?;
        let path = request.path.clone();
        self.prepare(session).await;
        let response = self.ask(request, None, session).await?;
        let answer = ApiResponse::from(response.clone());
        if self.dialect.awaits_confirmation(&answer) {
            return Ok(None);
        }
        let response = self.success(response)?;
        let may_lack_session = matches!(response.status, 201 | 204);
        let error = match self.read_session(response, &path, session).await {
            Ok(signed_in) => return Ok(Some(signed_in)),
            Err(error) => error,
        };
        let Some(request) = self.dialect.sign_in_after(account, &answer).filter(|_| answer.is_success()) else {
            return if may_lack_session && matches!(error, RequestError::UnexpectedBody(_)) {
                Ok(None)
            } else {
                Err(error)
            };
        };
        match self.open_session(request, session).await {
            // The account exists, and is not active yet.
            Err(RequestError::Status(rejection)) if matches!(rejection.status, 400 | 401 | 403) => Ok(None),
            signed_in => signed_in.map(Some),
        }
    }

    pub(crate) async fn providers(&self, session: Option<&SessionId>) -> Result<Vec<IdentityProvider>, RequestError> {
        let request = supported(self.dialect.providers())?;
        let path = request.path.clone();
        json(&self.send(request, session).await?, &path)
    }

    pub(crate) async fn request_password_reset(
        &self,
        email: &str,
        session: Option<&SessionId>,
    ) -> Result<(), RequestError> {
        let request = supported(self.dialect.request_password_reset(email))?;
        self.prepare(session).await;
        self.send(request, session).await.map(drop)
    }

    pub(crate) async fn confirm_password_reset(
        &self,
        link: &ResetLink,
        password: &str,
        session: Option<&SessionId>,
    ) -> Result<(), RequestError> {
        let request = supported(self.dialect.confirm_password_reset(link, password))?;
        self.prepare(session).await;
        self.send(request, session).await.map(drop)
    }
}

/// The request, if the dialect has it.
pub(crate) fn supported(request: Option<ApiRequest>) -> Result<ApiRequest, RequestError> {
    request.ok_or(RequestError::Unsupported)
}
