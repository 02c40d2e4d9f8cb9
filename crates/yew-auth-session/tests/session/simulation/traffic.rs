//! Requests on their way out, at the server, and on their way back.

use yew_auth_session::{Event, RefreshOutcome};

use std::time::Duration;

use super::clock::SECOND;
use super::flight::{Answer, Errand, FlightId};
use super::lock::PageId;
use super::network::{Fault, Passage};
use super::queue::{JournalEvent, PageHappening};
use super::server::{Refusal, Server};
use super::world::{Doing, World};

/// What the driver and the client allow a request that the machine does not watch over.
pub const REQUEST_TIMEOUT: u64 = 15 * SECOND;

impl World {
    pub fn send(&mut self, flight: FlightId) {
        let page = self.flights[flight].page;
        self.trace.page(self.now, page, || format!("sends {}", self.flights[flight].errand));
        if !self.is_online() {
            let soon = self.random.between(0, 50);
            return self.answer_page(flight, soon, Answer::Broken);
        }
        match self.weather.passage(&mut self.random) {
            Passage::Arrives(delay) => {
                let homeward = self.weather.passage(&mut self.random);
                self.after(delay, JournalEvent::Arrival(flight, homeward));
            }
            Passage::Breaks(delay) => self.answer_page(flight, delay, Answer::Broken),
            Passage::Vanishes => {}
        }
        if !matches!(self.flights[flight].errand, Errand::Refresh { .. }) {
            let due = self.clocks.running(self.now) + REQUEST_TIMEOUT;
            self.tell(page, REQUEST_TIMEOUT, PageHappening::GiveUp { flight, due });
        }
    }

    /// The request is at the server, or at what stands before it.
    pub fn arrive(&mut self, flight: FlightId, homeward: Passage) {
        let mut answer = match self.fault {
            Some(Fault::BadAnswer { acts: true }) | None => self.serve(flight),
            Some(fault) => Answer::Fault(fault),
        };
        if let Some(fault) = self.fault {
            answer = Answer::Fault(fault);
        }
        self.trace.world(self.now, || format!("the server answers {} with {answer}", self.flights[flight].errand));
        match homeward {
            Passage::Arrives(delay) => self.answer_page(flight, delay, answer),
            Passage::Breaks(delay) => self.answer_page(flight, delay, Answer::Broken),
            Passage::Vanishes => {}
        }
    }

    fn serve(&mut self, flight: FlightId) -> Answer {
        let issued = match &self.flights[flight].errand {
            Errand::Refresh { token, .. } => {
                let issued = self.server.refresh(token.as_ref(), self.now);
                self.check_reuse(issued.as_ref().err().copied());
                if issued.is_ok() {
                    self.checks.unheard_refresh = Some(self.now);
                }
                issued
            }
            Errand::SignIn { user, replaced, .. } => {
                let issued = self.server.sign_in(user, self.now);
                if issued.is_ok() {
                    self.server.sign_out(replaced.as_ref());
                }
                issued
            }
            Errand::Poll { token, .. } => {
                return self.server.read(token.as_ref(), self.now).map_or_else(Answer::Refused, Answer::Posts);
            }
            Errand::Revoke { token, .. } => {
                let token = token.clone();
                self.check_revocation(token.as_ref());
                self.server.sign_out(token.as_ref());
                return Answer::SignedOut;
            }
        };
        issued.map_or_else(Answer::Refused, |issued| Answer::Issued(Box::new(issued)))
    }

    /// An answer reaches the browser, which keeps the cookies it brings, whatever its page is doing.
    pub fn come_back(&mut self, flight: FlightId, mut answer: Answer) {
        if !self.flights[flight].open {
            return;
        }
        let lost = !self.is_online() || (self.clocks.is_asleep() && self.random.chance(50));
        if lost {
            answer = Answer::Broken;
        }
        if self.setup.cookies {
            self.keep_cookies(flight, &answer);
        }
        self.tell(self.flights[flight].page, 0, PageHappening::Answer(flight, answer));
    }

    /// An answer to a request of the session before, when it comes after a sign-in, replaces the cookies of the new
    /// session. Where its page was not awake to give it up, that is the browser's doing, and no client can help it: it is
    /// not simulated further.
    fn keep_cookies(&mut self, flight: FlightId, answer: &Answer) {
        let newest = self.jar.refresh.as_ref().and_then(Server::refresh_family);
        if let Errand::Refresh { token, .. } | Errand::Revoke { token, .. } = &self.flights[flight].errand
            && token.as_ref().and_then(Server::refresh_family) < newest
        {
            self.check_overtaking(flight, answer);
            return;
        }
        match (answer, &self.flights[flight].errand) {
            (Answer::Issued(issued), _) => {
                let issued_at = |token| self.server.issued_at(token);
                self.jar.is_overtaken = self.jar.access.as_ref().map(issued_at) > Some(issued_at(&issued.access));
                self.jar.access = Some(issued.access.clone());
                self.jar.refresh = Some(issued.refresh.clone());
            }
            (Answer::SignedOut, Errand::Revoke { .. }) => {
                self.jar.access = None;
                self.jar.refresh = None;
            }
            _ => {}
        }
    }

    /// The page hears of it.
    pub fn answer(&mut self, page: PageId, flight: FlightId, answer: Answer) {
        if !std::mem::replace(&mut self.flights[flight].open, false) {
            return;
        }
        self.trace.page(self.now, page, || format!("gets {answer}"));
        if matches!(answer, Answer::Refused(_) | Answer::Issued(_)) {
            self.pages[page].knows_better_since = Some(self.now);
        }
        match self.flights[flight].errand.clone() {
            Errand::Refresh { ticket, family, .. } => {
                let doing = match (&answer, family) {
                    (Answer::Refused(_), Some(family)) => Doing::Refused(family),
                    _ => Doing::Nothing,
                };
                self.check_patience(flight, &answer);
                let outcome = self.refresh_outcome(answer);
                self.feed_doing(page, doing, |stored| Event::RefreshFinished { ticket, outcome, stored });
            }
            Errand::Poll { .. } => self.poll_answered(page, flight, answer),
            Errand::Revoke { revocation, .. } => {
                let done = matches!(answer, Answer::SignedOut | Answer::Refused(_));
                self.feed(page, |stored| Event::RevokeFinished { revocation, done, stored });
            }
            Errand::SignIn { user, sent, .. } => self.sign_in_answered(page, user, sent, answer),
        }
        let hand = self.flights[flight].hand.take();
        self.end_turn(page, hand);
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

    pub fn give_up(&mut self, page: PageId, flight: FlightId, due: u64) {
        if !self.flights[flight].open {
            return;
        }
        let running = self.clocks.running(self.now);
        if running < due {
            return self.tell(page, due - running, PageHappening::GiveUp { flight, due });
        }
        self.answer(page, flight, Answer::Broken);
    }
}
