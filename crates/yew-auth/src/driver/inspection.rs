//! What the inspector shows of the driver.

use std::cell::Ref;

use super::Driver;
use super::PrefetchOutcome;
use crate::browser::clock;
#[cfg(feature = "faults")]
use yew_auth_session::{Authorization, Event};
use yew_auth_session::{Effect, Inspection, Journal};

impl Driver {
    /// The session, without its secrets.
    pub(crate) fn inspect(&self) -> Inspection {
        self.machine.borrow().inspect()
    }

    /// What the session did on this page.
    pub(crate) fn journal(&self) -> Ref<'_, Journal> {
        self.journal.borrow()
    }

    /// What became of the request that a script in the page's head has sent, if there was one.
    pub(crate) fn prefetch_outcome(&self) -> Option<PrefetchOutcome> {
        self.prefetch_outcome.get()
    }

    pub(super) fn note(&self, effect: Option<&Effect>) {
        if let Some(effect) = effect {
            self.journal.borrow_mut().note_effect(effect, clock::now());
        }
    }

    /// Behaves as if the API had refused the access token.
    #[cfg(feature = "faults")]
    pub(crate) fn expire_access_token(self: &std::rc::Rc<Self>) {
        let authorization = self.machine.borrow().authorization(clock::now());
        if let Authorization::Ready { token, .. } = authorization {
            self.handle(Event::AccessTokenRejected(token));
        }
    }
}
