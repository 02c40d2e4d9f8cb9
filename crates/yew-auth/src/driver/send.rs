//! Sends a page's request with what authorizes it, and replays it once when that is refused.

use std::rc::Rc;

use super::authorize::Authorized;
use super::{Driver, OnSessionEnd};
use crate::browser::http::HttpResponse;
use crate::client::{Answer, RequestError};
use crate::dialect::ApiRequest;
use crate::transport::ApiPath;
use yew_auth_session::{Event, SessionState, SignOutReason, TokenId};

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
        let first = self.authorize_as(sender.as_deref(), None, on_session_end).await?;
        let answer = self.send_as(&first, request.clone()).await;
        let refusal = match answer {
            Err(error) if self.is_refusal_of(&first, &request, &error) => error,
            answer => return self.deliver(sender.as_deref(), answer),
        };
        let refused = self.refuses_credentials(&refusal).then_some(&first.token);
        let second = self.authorize_as(sender.as_deref(), refused, on_session_end).await?;
        if second.token == first.token {
            return Err(refusal);
        }
        let path = request.path.clone();
        let answer = self.send_as(&second, request).await;
        if answer.as_ref().is_err_and(|error| self.refuses_credentials(error)) {
            self.steady_refusals.add(path);
        }
        self.deliver(sender.as_deref(), answer)
    }

    /// The machine hears of a request that did not leave an offline browser, and of the first one of a new session that is
    /// accepted.
    fn send_as<'a>(self: &'a Rc<Self>, authorized: &'a Authorized, request: ApiRequest) -> Answer<'a> {
        let path = request.path.clone();
        let answer = self.api.send_authorized(request, authorized.access.as_ref(), authorized.session.as_ref());
        Box::pin(async move {
            let answer = answer.await;
            if answer.is_ok() {
                self.steady_refusals.remove(&path);
            }
            match &answer {
                Ok(_) if self.machine.borrow().awaits_proof() => {
                    self.handle(Event::AccessTokenAccepted(authorized.token.clone()));
                }
                Err(RequestError::Offline) => self.handle(Event::OnlineChanged(false)),
                _ => {}
            }
            answer
        })
    }

    fn refuses_credentials(&self, error: &RequestError) -> bool {
        matches!(error, RequestError::Status(rejection) if self.api.dialect.refuses_credentials(rejection.status))
    }

    /// Whether the backend has refused the token or the session, rather than the request. The machine hears of it.
    fn is_refusal_of(self: &Rc<Self>, authorized: &Authorized, request: &ApiRequest, error: &RequestError) -> bool {
        match (error, &authorized.session) {
            (error, _) if self.refuses_credentials(error) && !self.steady_refusals.contains(&request.path) => {
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
        refused: Option<&TokenId>,
        on_session_end: OnSessionEnd,
    ) -> Result<Authorized, RequestError> {
        let authorized = self.authorize(sender, refused, on_session_end).await?;
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
