//! Sign-in, refresh and sign-out over cookies, one at a time in all tabs.

use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use super::Driver;
use crate::api::{RequestError, SignedIn};
use crate::browser::lock::{Busy, LockGuard, Taking};
use crate::browser::{clock, timer};
use yew_auth_session::{Contention, Event, LeaseId, Revocation};

/// How soon to ask for the lock again.
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// A request whose answer may hold a session. It is boxed so that each kind of sign-in does not bring its own copy of
/// what follows.
pub(in crate::auth) type SignInRequest<'a> = Pin<Box<dyn Future<Output = Result<Option<SignedIn>, RequestError>> + 'a>>;

/// The lock has gone from hand to hand for as long as a request may wait for it.
struct StillBusy;

impl Driver {
    /// Sends what is to bring a session, and takes over what it brings; whether it brought one.
    pub(in crate::auth) async fn sign_in(self: &Rc<Self>, request: SignInRequest<'_>) -> Result<bool, RequestError> {
        // Nobody is kept from signing in for good.
        let _turn = self.turn().await.unwrap_or_default();
        let sent = clock::now().monotonic;
        match request.await {
            Ok(None) => Ok(false),
            Ok(Some(SignedIn { user, grant })) => {
                let stored = self.stored();
                self.handle(Event::SignedIn { user: Box::new(user), grant: Box::new(grant), sent, stored });
                Ok(true)
            }
            Err(error) => {
                if self.api.shares_credentials() && !is_refusal(&error) {
                    self.handle(Event::SignInLost { stored: self.stored() });
                }
                Err(error)
            }
        }
    }

    /// Ends a session at the backend; whether there is nothing left to end.
    pub(super) async fn revoke(self: &Rc<Self>, revocation: &Revocation) -> bool {
        if *revocation != Revocation::Cookie {
            return self.api.revoke(revocation).await;
        }
        let Ok(_turn) = self.turn().await else { return false };
        self.look();
        // The cookies may be those of a new sign-in by now.
        let is_wanted = self.machine.borrow().is_to_revoke(revocation);
        !is_wanted || self.api.revoke(revocation).await
    }

    /// Waits for the lock, where tabs share the credentials: the last answer decides what the cookies are, and it is to be
    /// that of the last request. For no longer than anybody may hold it: a holder that is gone by then loses it.
    async fn turn(&self) -> Result<Option<LockGuard>, StillBusy> {
        if !self.api.shares_credentials() {
            return Ok(None);
        }
        let began = clock::now().monotonic;
        let mut contention = None;
        loop {
            let holder = match self.lock.take(Taking::IfFree).await {
                Ok(guard) => return Ok(Some(guard)),
                Err(Busy(holder)) => holder.map(LeaseId::new),
            };
            let now = clock::now().monotonic;
            let seen = Contention::seen(contention.take(), holder, now);
            if seen.is_with_a_holder_that_is_gone(&self.policy, now) {
                return self.lock.take(Taking::FromHolder).await.map(Some).map_err(|_| StillBusy);
            }
            if now.saturating_sub(began) > self.policy.lease() {
                return Err(StillBusy);
            }
            contention = Some(seen);
            timer::sleep(ASK_AGAIN).await;
        }
    }
}

/// The backend has said no, or was not asked: there is no session of which nobody knows.
fn is_refusal(error: &RequestError) -> bool {
    match error {
        RequestError::Status(rejection) => (400..500).contains(&rejection.status),
        RequestError::InvalidPath(_) | RequestError::Unsendable => true,
        _ => false,
    }
}
