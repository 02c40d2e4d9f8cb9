//! Requests that wait for the lock, as the driver has them do where all sessions share the names of the cookies.

use std::time::Duration;

use yew_auth_session::{Contention, CredentialKind, Event, RefreshPolicy, Revocation, SignInId};

use super::lock::{LockOwner, PageId};
use super::mutant::Mutant;
use super::queue::PageEvent;
use super::request::Purpose;
use super::server::{Server, UserName};
use super::session_cookies::family_of_id;
use super::world::World;

/// How soon the driver asks for the lock again.
const ASK_AGAIN: u64 = 100;

/// A request that waits, and what its page has seen of the lock meanwhile.
#[derive(Clone, Debug)]
pub struct LockWait {
    id: u64,
    of: LockedRequest,
    began: Duration,
    contention: Option<Contention>,
}

/// What waits.
#[derive(Clone, Debug)]
pub enum LockedRequest {
    SignIn(UserName),
    Revocation(Revocation),
}

impl World {
    /// Sends this under the lock where all sessions share the names of the cookies; else at once.
    pub fn send_exclusively(&mut self, page: PageId, of: LockedRequest) {
        if self.setup.kind != CredentialKind::Cookie || self.mutant == Some(Mutant::WithoutLock) {
            return self.send_locked(page, None, of);
        }
        let began = self.pages[page].read_clocks(self.now, &self.clocks).monotonic;
        self.lock_waits += 1;
        self.ask_for_lock(page, LockWait { id: self.lock_waits, of, began, contention: None });
    }

    pub fn ask_for_lock(&mut self, page: PageId, mut wait: LockWait) {
        let owner = LockOwner::Request(wait.id);
        let Err(holder) = self.lock.try_take(page, owner) else {
            return self.send_locked(page, Some(owner), wait.of);
        };
        let policy = RefreshPolicy::default();
        let now = self.pages[page].read_clocks(self.now, &self.clocks).monotonic;
        let seen = Contention::seen(wait.contention.take(), Some(holder), now);
        if seen.is_with_a_holder_that_is_gone(&policy, now) {
            self.trace.page(self.now, page, || format!("steals the lock for {:?}", wait.of));
            self.lock.take(page, owner);
            return self.send_locked(page, Some(owner), wait.of);
        }
        if now - wait.began > policy.lease() {
            return self.lock_timeout(page, wait.of);
        }
        wait.contention = Some(seen);
        self.tell(page, ASK_AGAIN, PageEvent::LockWait(Box::new(wait)));
    }

    /// The lock has gone from owner to owner: nobody is kept from signing in for good, and a revocation waits.
    fn lock_timeout(&mut self, page: PageId, of: LockedRequest) {
        match of {
            LockedRequest::SignIn(_) => self.send_locked(page, None, of),
            LockedRequest::Revocation(revocation) => {
                self.feed(page, |stored| Event::RevokeFinished { revocation, done: false, stored });
            }
        }
    }

    fn send_locked(&mut self, page: PageId, owner: Option<LockOwner>, of: LockedRequest) {
        let purpose = match of {
            LockedRequest::SignIn(user) => {
                self.checks.sign_ins += 1;
                let attempt = SignInId::new(self.checks.sign_ins.to_string());
                let started = attempt.clone();
                self.feed(page, |stored| Event::SignInStarted { attempt: started, stored });
                let sent = self.pages[page].read_clocks(self.now, &self.clocks).monotonic;
                let replaced = self.jar.fixed.refresh.clone();
                Purpose::SignIn { user, attempt, started: self.now, sent, replaced }
            }
            LockedRequest::Revocation(Revocation::Token(token)) => {
                let revocation = Revocation::Token(token.clone());
                let family = Server::refresh_family(&token);
                Purpose::Revoke { revocation, token: Some(token), family }
            }
            LockedRequest::Revocation(Revocation::Access(token)) => {
                let family = self.server.access_family(&token);
                Purpose::Revoke { revocation: Revocation::Access(token), token: None, family }
            }
            LockedRequest::Revocation(Revocation::Session(session)) => {
                let family = family_of_id(&session);
                let token = self.jar.named.get(&family).and_then(|pair| pair.refresh.clone());
                Purpose::Revoke { revocation: Revocation::Session(session), token, family: Some(family) }
            }
            LockedRequest::Revocation(Revocation::Cookie) => {
                self.sync(page);
                if !self.pages[page].machine.is_to_revoke(&Revocation::Cookie) {
                    self.release_lock(page, owner);
                    let revocation = Revocation::Cookie;
                    return self.feed(page, |stored| Event::RevokeFinished { revocation, done: true, stored });
                }
                let token = self.jar.fixed.refresh.clone();
                Purpose::Revoke { revocation: Revocation::Cookie, token, family: None }
            }
        };
        let request = self.launch(page, purpose);
        self.requests[request].owner = owner;
    }

    pub fn release_lock(&mut self, page: PageId, owner: Option<LockOwner>) {
        if let Some(owner) = owner {
            self.lock.release(page, owner);
        }
    }
}
