//! Sends a page's request with the newest token, and replays it once when the token is refused.

use std::rc::Rc;

use super::{Driver, OnSessionEnd};
use crate::browser::http::HttpResponse;
use crate::client::{Answer, RequestError};
use crate::dialect::ApiRequest;
use yew_auth_session::{AccessToken, Generation, SignOutReason};

impl Driver {
    /// Sends a request. A 401 is answered by one replay with a newer token, never by a second: a backend that refuses a
    /// token it has just issued would be asked forever.
    pub(crate) fn send(self: &Rc<Self>, request: ApiRequest, on_session_end: OnSessionEnd) -> Answer<'_> {
        Box::pin(self.send_twice_at_most(request, on_session_end))
    }

    async fn send_twice_at_most(
        self: &Rc<Self>,
        request: ApiRequest,
        on_session_end: OnSessionEnd,
    ) -> Result<HttpResponse, RequestError> {
        let sender = self.sender();
        let (access, generation) = self.authorize_as(sender.as_deref(), on_session_end).await?;
        match self.api.send_authorized(request.clone(), access.as_ref()).await {
            Err(RequestError::Status(rejection)) if rejection.status == 401 => self.reject(generation),
            answer => return answer,
        }
        let (access, _) = self.authorize_as(sender.as_deref(), on_session_end).await?;
        self.api.send_authorized(request, access.as_ref()).await
    }

    /// A request of one user is never sent in the name of another who has signed in meanwhile.
    async fn authorize_as(
        self: &Rc<Self>,
        sender: Option<&str>,
        on_session_end: OnSessionEnd,
    ) -> Result<(Option<AccessToken>, Generation), RequestError> {
        let authorization = self.authorize(sender, on_session_end).await?;
        if sender.is_some() && self.user_id().as_deref() != sender {
            return Err(RequestError::SignedOut(SignOutReason::SignedOut));
        }
        Ok(authorization)
    }
}
