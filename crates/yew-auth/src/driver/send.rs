//! Sends a page's request with what authorizes it, and replays it once when that is refused.

use std::rc::Rc;

use super::authorize::Authorized;
use super::{Driver, OnSessionEnd};
use crate::browser::http::HttpResponse;
use crate::client::{Answer, RequestError};
use crate::dialect::ApiRequest;
use crate::transport::ApiPath;
use yew_auth_session::{Event, SessionState, SignOutReason};

impl Driver {
    /// Sends a request. If its token is refused, or the browser no longer holds the session that it named, it is replayed
    /// once with what the machine has by then. It is never replayed twice: a backend that refuses a token it has just
    /// issued would be asked forever.
    pub(crate) fn send(self: &Rc<Self>, request: ApiRequest, on_session_end: OnSessionEnd) -> Answer<'_> {
        Box::pin(self.send_twice_at_most(request, on_session_end))
    }

    async fn send_twice_at_most(
        self: &Rc<Self>,
        request: ApiRequest,
        on_session_end: OnSessionEnd,
    ) -> Result<HttpResponse, RequestError> {
        // Nothing is asked of the session for a request that cannot be sent.
        ApiPath::new(&request.path)?;
        let sender = self.sender();
        let first = self.authorize_as(sender.as_deref(), on_session_end).await?;
        let refusal = match self.send_as(&first, request.clone()).await {
            Err(error) if self.is_refusal_of(&first, &error) => error,
            answer => return self.deliver(sender.as_deref(), answer),
        };
        let second = self.authorize_as(sender.as_deref(), on_session_end).await?;
        if second.token == first.token {
            return Err(refusal);
        }
        let answer = self.send_as(&second, request).await;
        self.deliver(sender.as_deref(), answer)
    }

    fn send_as(&self, authorized: &Authorized, request: ApiRequest) -> Answer<'_> {
        self.api.send_authorized(request, authorized.access.as_ref(), authorized.session.as_ref())
    }

    /// Whether the backend has refused the token or the session, rather than the request. The machine hears of it.
    fn is_refusal_of(self: &Rc<Self>, authorized: &Authorized, error: &RequestError) -> bool {
        match (error, &authorized.session) {
            (RequestError::Status(rejection), _) if self.api.dialect.refuses_credentials(rejection.status) => {
                self.handle(Event::AccessTokenRejected(authorized.token.clone()));
                true
            }
            (error, Some(session)) if error.names_another_session() => {
                self.handle(Event::AnotherSession { session: session.clone(), stored: self.stored() });
                true
            }
            _ => false,
        }
    }

    /// A request of one user is never sent in the name of another who has signed in meanwhile.
    async fn authorize_as(
        self: &Rc<Self>,
        sender: Option<&str>,
        on_session_end: OnSessionEnd,
    ) -> Result<Authorized, RequestError> {
        let authorized = self.authorize(sender, on_session_end).await?;
        if sender.is_some() && self.user_id().as_deref() != sender {
            return Err(RequestError::SignedOut(SignOutReason::SignedOut));
        }
        Ok(authorized)
    }

    /// An answer belongs to the user who asked. A page that shows nobody, or somebody else by now, does not get it; a page
    /// that is kept for that user does.
    fn deliver(
        &self,
        sender: Option<&str>,
        answer: Result<HttpResponse, RequestError>,
    ) -> Result<HttpResponse, RequestError> {
        let shown = Rc::clone(&self.snapshot().state);
        match &*shown {
            SessionState::Authenticated(session) if Some(session.user.id.as_str()) != sender => {
                Err(RequestError::SignedOut(SignOutReason::SignedOut))
            }
            SessionState::Unauthenticated(reason) if !self.can_continue(sender, *reason) => {
                Err(RequestError::SignedOut(*reason))
            }
            _ => answer,
        }
    }
}
