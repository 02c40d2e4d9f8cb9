//! Requests on their way out, at the server, and on their way back.

use yew_auth_session::{Event, RefreshOutcome};

use std::time::Duration;

use super::clock::SECOND;
use super::lock::PageId;
use super::network::{Delivery, Fault};
use super::queue::{PageEvent, QueuedEvent};
use super::request::{Answer, Purpose, RequestId};
use super::server::{Refusal, Server};
use super::world::{Cause, World};

/// What the driver and the client allow a request that the machine does not watch over.
pub const REQUEST_TIMEOUT: u64 = 15 * SECOND;

impl World {
    pub fn send(&mut self, request: RequestId) {
        let page = self.requests[request].page;
        self.trace.page(self.now, page, || format!("sends {}", self.requests[request].purpose));
        if !self.is_online() {
            let soon = self.random.between(0, 50);
            return self.answer_page(request, soon, Answer::Broken);
        }
        match self.network_quality.delivery(&mut self.random) {
            Delivery::Arrives(delay) => {
                let homeward = self.network_quality.delivery(&mut self.random);
                self.after(delay, QueuedEvent::Arrival(request, homeward));
            }
            Delivery::Breaks(delay) => self.answer_page(request, delay, Answer::Broken),
            Delivery::Vanishes => {}
        }
        if !matches!(self.requests[request].purpose, Purpose::Refresh { .. }) {
            let due = self.clocks.running(self.now) + REQUEST_TIMEOUT;
            self.tell(page, REQUEST_TIMEOUT, PageEvent::GiveUp { request, due });
        }
    }

    /// The request is at the server, or at what stands before it.
    pub fn arrive(&mut self, request: RequestId, homeward: Delivery) {
        let mut answer = match self.fault {
            Some(Fault::BadAnswer { acts: true }) | None => self.serve(request),
            Some(fault) => Answer::Fault(fault),
        };
        if let Some(fault) = self.fault {
            answer = Answer::Fault(fault);
        }
        self.trace.world(self.now, || format!("the server answers {} with {answer}", self.requests[request].purpose));
        match homeward {
            Delivery::Arrives(delay) => self.answer_page(request, delay, answer),
            Delivery::Breaks(delay) => self.answer_page(request, delay, Answer::Broken),
            Delivery::Vanishes => {}
        }
    }

    fn serve(&mut self, request: RequestId) -> Answer {
        let issued = match &self.requests[request].purpose {
            Purpose::Refresh { token, .. } => {
                let issued = self.server.refresh(token.as_ref(), self.now);
                self.check_reuse(issued.as_ref().err().copied());
                if issued.is_ok() {
                    self.checks.unheard_refresh = Some(self.now);
                }
                issued
            }
            Purpose::SignIn { user, replaced, .. } => {
                let issued = self.server.sign_in(user, self.now);
                if issued.is_ok() {
                    self.server.sign_out(replaced.as_ref());
                }
                issued
            }
            Purpose::Poll { token, .. } => {
                return self.server.read(token.as_ref(), self.now).map_or_else(Answer::Refused, Answer::Posts);
            }
            Purpose::Revoke { token, .. } => {
                let token = token.clone();
                self.check_revocation(token.as_ref());
                self.server.sign_out(token.as_ref());
                return Answer::SignedOut;
            }
        };
        issued.map_or_else(Answer::Refused, |issued| Answer::Issued(Box::new(issued)))
    }

    /// An answer reaches the browser, which keeps the cookies it brings, whatever its page is cause.
    pub fn come_back(&mut self, request: RequestId, mut answer: Answer) {
        if !self.requests[request].open {
            return;
        }
        let lost = !self.is_online() || (self.clocks.is_asleep() && self.random.chance(50));
        if lost {
            answer = Answer::Broken;
        }
        if self.setup.cookies {
            self.keep_cookies(request, &answer);
        }
        self.tell(self.requests[request].page, 0, PageEvent::Answer(request, answer));
    }

    /// An answer to a request of the session before, when it comes after a sign-in, replaces the cookies of the new
    /// session. Where its page was not awake to give it up, that is the browser's cause, and no client can help it: it is
    /// not simulated further.
    fn keep_cookies(&mut self, request: RequestId, answer: &Answer) {
        let newest = self.jar.refresh.as_ref().and_then(Server::refresh_family);
        if let Purpose::Refresh { token, .. } | Purpose::Revoke { token, .. } = &self.requests[request].purpose
            && token.as_ref().and_then(Server::refresh_family) < newest
        {
            self.check_overtaking(request, answer);
            return;
        }
        match (answer, &self.requests[request].purpose) {
            (Answer::Issued(issued), _) => {
                let issued_at = |token| self.server.issued_at(token);
                self.jar.is_overtaken = self.jar.access.as_ref().map(issued_at) > Some(issued_at(&issued.access));
                self.jar.access = Some(issued.access.clone());
                self.jar.refresh = Some(issued.refresh.clone());
            }
            (Answer::SignedOut, Purpose::Revoke { .. }) => {
                self.jar.access = None;
                self.jar.refresh = None;
            }
            _ => {}
        }
    }

    /// The page hears of it.
    pub fn answer(&mut self, page: PageId, request: RequestId, answer: Answer) {
        if !std::mem::replace(&mut self.requests[request].open, false) {
            return;
        }
        self.trace.page(self.now, page, || format!("gets {answer}"));
        if matches!(answer, Answer::Refused(_) | Answer::Issued(_)) {
            self.pages[page].knows_better_since = Some(self.now);
        }
        match self.requests[request].purpose.clone() {
            Purpose::Refresh { ticket, family, .. } => {
                let cause = match (&answer, family) {
                    (Answer::Refused(_), Some(family)) => Cause::Refused(family),
                    _ => Cause::None,
                };
                self.note_server_pause(request, &answer);
                let outcome = self.refresh_outcome(answer);
                self.feed_caused(page, cause, |stored| Event::RefreshFinished { ticket, outcome, stored });
            }
            Purpose::Poll { .. } => self.poll_answered(page, request, answer),
            Purpose::Revoke { revocation, .. } => {
                let done = matches!(answer, Answer::SignedOut | Answer::Refused(_));
                self.feed(page, |stored| Event::RevokeFinished { revocation, done, stored });
            }
            Purpose::SignIn { user, sent, .. } => self.sign_in_answered(page, user, sent, answer),
        }
        let owner = self.requests[request].owner.take();
        self.release_lock(page, owner);
    }

    fn refresh_outcome(&self, answer: Answer) -> RefreshOutcome {
        match answer {
            Answer::Issued(issued) => RefreshOutcome::Granted(Box::new(issued.grant(self.setup.cookies))),
            Answer::Refused(Refusal::Unknown) if !self.setup.cookies => unreachable!("pages present what was issued"),
            Answer::Refused(_) => RefreshOutcome::Refused,
            Answer::Fault(fault) => {
                let retry_after = match fault {
                    Fault::RateLimited { retry_after } => Some(Duration::from_secs(retry_after)),
                    Fault::BadAnswer { .. } => None,
                };
                RefreshOutcome::Failed { cause: fault.cause(), retry_after }
            }
            Answer::Posts(_) | Answer::SignedOut | Answer::Broken => {
                RefreshOutcome::Failed { cause: yew_auth_session::Degradation::Unreachable, retry_after: None }
            }
        }
    }

    pub fn give_up(&mut self, page: PageId, request: RequestId, due: u64) {
        if !self.requests[request].open {
            return;
        }
        let running = self.clocks.running(self.now);
        if running < due {
            return self.tell(page, due - running, PageEvent::GiveUp { request, due });
        }
        self.answer(page, request, Answer::Broken);
    }
}
