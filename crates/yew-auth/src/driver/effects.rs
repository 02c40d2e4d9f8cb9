//! Carries out the machine's effects, one function for each.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Driver;
use crate::browser::clock;
#[cfg(feature = "faults")]
use crate::browser::faults;
use crate::browser::lock::{Busy, Taking};
use crate::client::{ApiClient, Presented};
use crate::dialect::Misconfiguration;
use crate::json;
#[cfg(feature = "faults")]
use yew_auth_session::Degradation;
use yew_auth_session::{
    Effect, Event, LeaseId, Notice, RefreshOutcome, RefreshToken, Revocation, SessionId, SessionRecord, SessionState,
    SignOutReason, StoredRecord, Ticket,
};

impl Driver {
    pub(super) fn carry_out(self: &Rc<Self>) {
        loop {
            let effect = self.machine.borrow_mut().poll_effect();
            #[cfg(feature = "inspector")]
            self.note(effect.as_ref());
            match effect {
                None => return,
                Some(Effect::TryLock) => self.lock(Taking::IfFree),
                Some(Effect::StealLock) => self.lock(Taking::FromHolder),
                Some(Effect::ReleaseLock) => drop(self.guard.take()),
                Some(Effect::Store(record)) => self.store(record),
                Some(Effect::Broadcast(notice)) => self.broadcast(notice),
                Some(Effect::SendRefresh { ticket, token, session }) => self.send_refresh(ticket, token, session),
                Some(Effect::AbortRefresh(_)) => self.refresh_in_flight.set(None),
                Some(Effect::SendRevoke(revocation)) => self.send_revoke(revocation),
                Some(Effect::AskSessions(ticket)) => self.ask_sessions(ticket),
                Some(Effect::ProbeNetwork(ticket)) => self.probe_network(ticket),
            }
        }
    }

    fn lock(self: &Rc<Self>, how: Taking) {
        let driver = Rc::downgrade(self);
        let lock = self.lock.clone();
        spawn_local(async move {
            let taken = lock.take(how).await;
            let Some(driver) = driver.upgrade() else { return };
            match taken {
                Ok(guard) => {
                    driver.guard.replace(Some(guard));
                    driver.handle(Event::LockGranted { stored: driver.stored() });
                }
                Err(Busy(holder)) => driver.handle(Event::LockBusy { holder: holder.map(LeaseId::new) }),
            }
        });
    }

    fn send_refresh(self: &Rc<Self>, ticket: Ticket, token: Option<RefreshToken>, session: Option<SessionId>) {
        self.refresh_in_flight.set(Some(ticket));
        let driver = Rc::downgrade(self);
        let api = self.api.clone();
        let presented = Presented { refresh: token, access: self.machine.borrow().access_token().cloned(), session };
        spawn_local(async move {
            let (outcome, user) = api.refresh(&presented).await;
            #[cfg(feature = "faults")]
            let outcome = match faults::loses_refresh_answer() {
                true => RefreshOutcome::Failed { cause: Degradation::Unreachable, retry_after: None },
                false => outcome,
            };
            if let Some(driver) = driver.upgrade() {
                driver.refresh_finished(ticket, outcome);
                user.into_iter().for_each(|user| driver.change_user(user));
            }
        });
    }

    fn refresh_finished(self: &Rc<Self>, ticket: Ticket, outcome: RefreshOutcome) {
        if self.refresh_in_flight.get() == Some(ticket) {
            self.refresh_in_flight.set(None);
            self.handle(Event::RefreshFinished { ticket, outcome, stored: self.stored() });
            self.notice_lost_cookies();
        }
    }

    fn notice_lost_cookies(&self) {
        if *self.machine.borrow().state() == SessionState::Unauthenticated(SignOutReason::CookiesNotKept) {
            self.api.noticed.add(Misconfiguration::CookiesNotKept);
        }
    }

    fn ask_sessions(self: &Rc<Self>, ticket: Ticket) {
        let driver = Rc::downgrade(self);
        let (api, session) = (self.api_with_timeout_of_policy(), self.session_id());
        let sent = clock::now().monotonic;
        spawn_local(async move {
            let outcome = api.sessions(session.as_ref()).await;
            if let Some(driver) = driver.upgrade() {
                driver.handle(Event::SessionsListed { ticket, outcome, sent, stored: driver.stored() });
                driver.notice_lost_cookies();
            }
        });
    }

    fn probe_network(self: &Rc<Self>, ticket: Ticket) {
        let driver = Rc::downgrade(self);
        let api = self.api_with_timeout_of_policy();
        spawn_local(async move {
            let reached = api.reaches_backend().await;
            if let Some(driver) = driver.upgrade() {
                driver.handle(Event::ProbeFinished { ticket, reached });
            }
        });
    }

    /// The machine waits for this answer, so it may not take longer than the policy says.
    fn api_with_timeout_of_policy(&self) -> ApiClient {
        ApiClient { timeout: self.api.timeout.min(self.policy.request_timeout), ..self.api.clone() }
    }

    fn send_revoke(self: &Rc<Self>, revocation: Revocation) {
        let driver = Rc::clone(self);
        spawn_local(async move {
            let done = driver.revoke(&revocation).await;
            driver.handle(Event::RevokeFinished { revocation, done, stored: driver.stored() });
        });
    }

    /// Reads and writes in one step. A newer record that another tab has written meanwhile stays.
    fn store(&self, record: Box<SessionRecord>) {
        let stored = self.stored();
        match record.replacing(&stored) {
            Some(record) => {
                let written = self.record.write(&json::text(&StoredRecord::new(&*record))).is_ok();
                if record.session().is_none() {
                    self.user_read.remove();
                }
                if written {
                    self.permit_prefetch(&record);
                } else {
                    // A stale record would make other tabs present a token that has been used.
                    self.record.remove();
                    self.prefetch.remove();
                    self.inbox.borrow_mut().push_back(Event::StoreFailed);
                }
            }
            None => self.inbox.borrow_mut().push_back(Event::RecordChanged { stored }),
        }
    }

    fn broadcast(&self, notice: Notice) {
        if let Some(channel) = &*self.channel.borrow() {
            channel.post(&format!(r#"{{"generation":{}}}"#, notice.generation.get()));
        }
    }
}
