//! What a driver does: hands events to the machine of a tab, and carries out its effects.

use std::collections::VecDeque;
use std::sync::Arc;

use yew_auth_session::{Authorization, Effect, Event, LeaseId, SignInId, Stored};

use crate::browser::{Browser, Person, sid};
use crate::wire::{What, revoked};

impl Browser {
    pub fn feed(&mut self, tab: usize, event: impl FnOnce(Stored) -> Event) {
        let mut inbox = VecDeque::from([event(self.stored())]);
        while let Some(event) = inbox.pop_front() {
            let now = self.clock();
            let Some(machine) = &mut self.tabs[tab].machine else { return };
            let machine = Arc::make_mut(machine);
            machine.handle_event(event, now);
            let effects: Vec<_> = std::iter::from_fn(|| machine.poll_effect()).collect();
            for effect in effects {
                inbox.extend(self.carry_out(tab, effect));
            }
        }
    }

    /// Carries out an effect; the event that follows at once, if one does.
    fn carry_out(&mut self, tab: usize, effect: Effect) -> Option<Event> {
        let page = self.page(tab);
        match effect {
            Effect::Store(record) => {
                let Some(record) = record.replacing(&self.stored()) else {
                    return Some(Event::RecordChanged { stored: self.stored() });
                };
                let before = self.recorded();
                self.record = Some(Arc::from(record));
                let after = self.recorded();
                if before != after {
                    self.over.extend(before);
                }
                if let Some(after) = after.filter(|after| self.over.contains(after)) {
                    self.break_invariant(format!("session {after} was over, and is back"));
                }
            }
            Effect::TryLock => {
                if let Some((holder, lease)) = self.lock.filter(|(holder, _)| *holder != page) {
                    return Some(Event::LockBusy { holder: Some(LeaseId::new(format!("{holder:?} {lease}"))) });
                }
                return Some(self.take_lock(tab));
            }
            Effect::StealLock => return Some(self.take_lock(tab)),
            Effect::ReleaseLock => self.lock = self.lock.filter(|(holder, _)| *holder != page),
            // A tab may hear of it at any time: that is an action of its own.
            Effect::Broadcast(_) => {}
            Effect::SendRefresh { ticket, session, .. } => {
                let session = sid(&session.expect("its cookies are named after it"));
                if self.other_refresh(tab) {
                    self.break_invariant("two refreshes are in flight");
                }
                self.send(tab, What::Refresh(ticket, session));
            }
            Effect::AbortRefresh(aborted) => {
                for request in self.requests.iter_mut().filter(|request| request.page == page) {
                    if matches!(request.what, What::Refresh(ticket, _) if ticket == aborted) {
                        Arc::make_mut(request).open = false;
                    }
                }
            }
            Effect::SendRevoke(revocation) => self.send(tab, What::Revoke(revoked(&revocation))),
            Effect::AskSessions(ticket) => self.send(tab, What::Ask(ticket)),
            // The browsers of this model are never said to be offline.
            Effect::ProbeNetwork(ticket) => return Some(Event::ProbeFinished { ticket, reached: true }),
        }
        None
    }

    fn take_lock(&mut self, tab: usize) -> Event {
        self.leases += 1;
        self.lock = Some((self.page(tab), self.leases));
        Event::LockGranted { stored: self.stored() }
    }

    /// One that its page waits for, and could give up: a frozen page cannot.
    fn other_refresh(&self, tab: usize) -> bool {
        self.requests.iter().any(|request| {
            let is_refresh = matches!(request.what, What::Refresh(..));
            is_refresh && request.open && request.page != self.page(tab) && self.is_awake(request.page.0)
        })
    }

    pub fn sign_in(&mut self, tab: usize, person: Person) {
        self.left.sign_ins = self.left.sign_ins.saturating_sub(1);
        self.tabs[tab].sign_ins += 1;
        let attempt = SignInId::new(format!("{tab} {}", self.tabs[tab].sign_ins));
        let started = attempt.clone();
        self.feed(tab, |stored| Event::SignInStarted { attempt: started, stored });
        self.send(tab, What::SignIn(attempt, person));
    }

    /// A page asks for something of the API.
    pub fn poll(&mut self, tab: usize) {
        self.feed(tab, |stored| Event::RecordChanged { stored });
        let now = self.clock();
        let Some(machine) = &self.tabs[tab].machine else { return };
        if let Authorization::Ready { session, token, .. } = machine.authorization(now) {
            let named = session.as_ref().map(sid);
            if named != self.shown(tab) {
                self.break_invariant("a request names another session than its page shows");
            }
            if let Some(named) = named {
                self.send(tab, What::Poll(token, named));
            }
        }
    }
}
