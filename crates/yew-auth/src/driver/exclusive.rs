//! Sign-in and sign-out. Where all sessions share the names of their cookies: one at a time in all tabs.

use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use super::Driver;
use crate::browser::lock::{Busy, LockGuard, Taking};
use crate::browser::storage::cookies;
use crate::browser::{clock, crypto, timer};
use crate::client::{RequestError, SignedIn};
use yew_auth_session::{Contention, Event, IssuedTokens, LeaseId, Revocation, SignInId};

/// How long to wait before asking for the lock again.
const RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// A request whose answer may hold a session. It is boxed so that what follows is compiled once, not once for each kind
/// of sign-in.
pub(crate) type SignInRequest<'a> = Pin<Box<dyn Future<Output = Result<Option<SignedIn>, RequestError>> + 'a>>;

/// Other tabs held the lock for as long as a request may wait for it.
struct LockTimeout;

impl Driver {
    pub(crate) fn sign_out(self: &Rc<Self>) {
        self.handle(Event::SignOutRequested { stored: self.stored() });
    }

    /// Whether the browser keeps no cookies, and the session would be in one.
    pub(crate) fn blocks_cookies(&self) -> bool {
        self.api.uses_cookies() && !cookies::are_kept()
    }

    /// Sends a sign-in request and takes over the session of its answer. Returns whether there was one.
    pub(crate) async fn sign_in(self: &Rc<Self>, request: SignInRequest<'_>) -> Result<bool, RequestError> {
        if self.blocks_cookies() {
            return Err(RequestError::CookiesBlocked);
        }
        // After the timeout the sign-in is sent all the same: a stuck tab must not keep anybody out.
        let _guard = self.exclusive().await.unwrap_or_default();
        let attempt = SignInId::new(crypto::random_text(16).unwrap_or_else(|_| crypto::random_seed().to_string()));
        // The record has to say so before the request is sent: this page may die before the answer.
        self.handle(Event::SignInStarted { attempt: attempt.clone(), stored: self.stored() });
        let sent = clock::now().monotonic;
        match request.await {
            Ok(None) => {
                self.handle(Event::SignInRefused { attempt, stored: self.stored() });
                Ok(false)
            }
            Ok(Some(SignedIn { user, tokens })) => {
                let stored = self.stored();
                self.note_user_read();
                self.provider_session.remove();
                let (user, tokens) = (Box::new(user), Box::new(tokens));
                self.handle(Event::SignedIn { attempt, user, tokens: tokens.clone(), sent, stored });
                if self.shows(&tokens) { Ok(true) } else { Err(RequestError::Superseded) }
            }
            Err(error) => {
                let brought_none = is_refusal(&error) || self.keeps_fixed_cookies().await;
                let stored = self.stored();
                self.handle(match brought_none {
                    true => Event::SignInRefused { attempt, stored },
                    false => Event::SignInLost { attempt, stored },
                });
                Err(error)
            }
        }
    }

    /// Over cookies with fixed names, a sign-in whose answer was lost may have replaced the cookies of the person who is
    /// shown. Whether they still belong to that person, as far as the backend can be asked. Where it cannot be reached or
    /// refuses the cookies, no answer with new ones has come from it.
    async fn keeps_fixed_cookies(self: &Rc<Self>) -> bool {
        let Some(shown) = self.user_id().filter(|_| self.api.replaces_credentials()) else { return false };
        match self.api.owner_of_cookies().await {
            Some(owner) if owner.id == shown => {
                // The session may be a new one of the same person, with an end of its own.
                self.refresh();
                true
            }
            Some(_) => false,
            None => true,
        }
    }

    /// Whether the session of these tokens is shown. One whose sign-in another tab has resolved meanwhile is not.
    fn shows(&self, tokens: &IssuedTokens) -> bool {
        let session = tokens.credentials.session();
        session.is_none() || self.machine.borrow().session_id() == session
    }

    /// Ends a session at the backend. Returns whether nothing is left to end.
    pub(super) async fn revoke(self: &Rc<Self>, revocation: &Revocation) -> bool {
        if *revocation != Revocation::Cookie {
            return self.api.revoke(revocation).await;
        }
        let Ok(_guard) = self.exclusive().await else { return false };
        self.sync();
        // By now the cookies may belong to a newer sign-in.
        let is_wanted = self.machine.borrow().is_to_revoke(revocation);
        !is_wanted || self.api.revoke(revocation).await
    }

    /// Waits for the lock where a sign-in replaces the credentials of all tabs: the last answer decides what the cookies are, so it must be the
    /// answer to the last request. Waits no longer than one holder may hold the lock, and takes it from a holder that is
    /// gone by then.
    async fn exclusive(&self) -> Result<Option<LockGuard>, LockTimeout> {
        if !self.api.replaces_credentials() {
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
                return self.lock.take(Taking::FromHolder).await.map(Some).map_err(|_| LockTimeout);
            }
            if now.saturating_sub(began) > self.policy.lease() {
                return Err(LockTimeout);
            }
            contention = Some(seen);
            timer::sleep(RETRY_INTERVAL).await;
        }
    }
}

/// Whether the sign-in has brought no session to this browser: it was answered with an error, by the backend or by a
/// gateway in place of its answer, or it was never sent.
fn is_refusal(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Status(_) | RequestError::InvalidPath(_) | RequestError::Unsendable | RequestError::Unsupported
    )
}
