//! What an inspector may see.

use std::cell::Ref;

use super::Driver;
use crate::browser::clock;
use yew_auth_session::{Effect, Inspection, Journal};

impl Driver {
    /// What may be shown of the session.
    pub(in crate::auth) fn inspect(&self) -> Inspection {
        self.machine.borrow().inspect()
    }

    /// What the session did on this page.
    pub(in crate::auth) fn journal(&self) -> Ref<'_, Journal> {
        self.journal.borrow()
    }

    pub(super) fn note(&self, effect: Option<&Effect>) {
        if let Some(effect) = effect {
            self.journal.borrow_mut().note_effect(effect, clock::now());
        }
    }

    /// As if the API had refused it.
    #[cfg(feature = "faults")]
    pub(in crate::auth) fn expire_access_token(self: &std::rc::Rc<Self>) {
        let generation = self.machine.borrow().generation();
        self.reject(generation);
    }
}
