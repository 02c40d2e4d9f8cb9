//! What a request may carry, and what it waits for: a refresh that is under way, or somebody to sign in again in place.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use super::want::Want;
use super::{Driver, Registration};
use crate::api::RequestError;
use crate::browser::clock;
use yew_auth_session::{AccessToken, Authorization, Generation, SignOutReason};

/// Whether a request waits for somebody to sign in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::auth) enum Patience {
    /// No: a poll comes again by itself.
    Short,
    /// Yes: somebody has asked for it, and would have to ask again.
    Long,
}

impl Driver {
    /// What a request of `sender` may carry now; waits for a refresh that is under way, or due. With `Patience::Long` it
    /// also waits for `sender` to sign in again, where their page offers it.
    pub(in crate::auth) async fn authorize(
        self: &Rc<Self>,
        sender: Option<&str>,
        patience: Patience,
    ) -> Result<(Option<AccessToken>, Generation), RequestError> {
        // A channel may be deaf, and a timer late: what is stored is looked at for each request.
        self.look();
        loop {
            let authorization = self.machine.borrow().authorization(clock::now());
            match authorization {
                Authorization::Ready { access, generation } => return Ok((access, generation)),
                Authorization::Unavailable(cause) => return Err(cause.into()),
                Authorization::Unauthenticated(reason)
                    if patience == Patience::Long && self.may_go_on(sender, reason) =>
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

    /// A page of `user` stays where it is if the session ends, and can go on, until the handle is dropped. Requests
    /// that meet the end wait meanwhile.
    pub(in crate::auth) fn keep_page_of(self: &Rc<Self>, user: &str) -> Registration {
        self.register(Want::Page(user.to_owned()))
    }

    /// In whose name a request is sent: that of the person who is signed in, or who was when the page was kept.
    pub(in crate::auth) fn sender(&self) -> Option<String> {
        self.user_id().or_else(|| self.wants.map(Want::page_of).into_iter().flatten().last())
    }

    /// Whether a request of `sender` may still be sent after this end.
    pub(super) fn may_go_on(&self, sender: Option<&str>, reason: SignOutReason) -> bool {
        let mut kept = self.wants.map(Want::page_of).into_iter().flatten();
        reason.is_involuntary() && sender.is_some_and(|sender| kept.any(|user| user == sender))
    }
}
