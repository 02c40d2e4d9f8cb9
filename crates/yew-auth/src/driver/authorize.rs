//! Decides what a request may carry, and lets it wait for a refresh or for a new sign-in.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use super::interest::Interest;
use super::{Driver, Subscription};
use crate::browser::clock;
use crate::client::RequestError;
use yew_auth_session::{AccessToken, Authorization, SessionId, SignOutReason, TokenId};

/// What a request does when the session ends before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnSessionEnd {
    /// It fails. Polls do: the next one comes by itself.
    Fail,
    /// It waits until the same user signs in again, if a page of theirs is kept. What a user asked for once does: they
    /// would have to ask again.
    WaitForSignIn,
}

/// What a request carries.
pub(super) struct Authorized {
    pub(super) access: Option<AccessToken>,
    pub(super) session: Option<SessionId>,
    pub(super) token: TokenId,
}

impl Driver {
    /// What a request of `sender` may carry now. Waits for a refresh that is due or in flight. A request that was refused
    /// with a token does not carry the same one again.
    pub(super) async fn authorize(
        self: &Rc<Self>,
        sender: Option<&str>,
        refused: Option<&TokenId>,
        on_session_end: OnSessionEnd,
    ) -> Result<Authorized, RequestError> {
        // Messages between tabs can be lost and timers late, so each request reads the stored record itself.
        self.sync();
        loop {
            let authorization = match refused {
                Some(refused) => self.machine.borrow().authorization_instead_of(refused, clock::now()),
                None => self.machine.borrow().authorization(clock::now()),
            };
            match authorization {
                Authorization::Ready { access, session, token } => return Ok(Authorized { access, session, token }),
                Authorization::Unavailable(cause) => return Err(cause.into()),
                Authorization::Unauthenticated(reason)
                    if on_session_end == OnSessionEnd::WaitForSignIn && self.can_continue(sender, reason) =>
                {
                    self.next_change().await;
                }
                Authorization::Unauthenticated(reason) => return Err(RequestError::SignedOut(reason)),
                Authorization::Pending => self.next_change().await,
            }
        }
    }

    async fn next_change(&self) {
        let epoch = self.epoch.get();
        poll_fn(|context| {
            if self.epoch.get() != epoch {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    pub(super) fn wake_waiting(&self) {
        self.epoch.set(self.epoch.get() + 1);
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    /// Keeps a page of `user` usable across the end of the session, until the subscription is dropped: requests with
    /// [`OnSessionEnd::WaitForSignIn`] wait meanwhile.
    pub(crate) fn keep_page_of(self: &Rc<Self>, user: &str) -> Subscription {
        self.subscribe(Interest::KeptPage(user.to_owned()))
    }

    /// The user in whose name a request is sent: the signed-in one, or the one whose page is kept.
    pub(super) fn sender(&self) -> Option<String> {
        self.user_id().or_else(|| self.interests.map(Interest::kept_user).into_iter().flatten().last())
    }

    /// Whether a request of `sender` can still be sent after a session that ended for this reason.
    pub(super) fn can_continue(&self, sender: Option<&str>, reason: SignOutReason) -> bool {
        let mut kept = self.interests.map(Interest::kept_user).into_iter().flatten();
        reason.is_involuntary() && sender.is_some_and(|sender| kept.any(|user| user == sender))
    }
}
