//! Requests on their way out, at the server, and on their way back.

use std::time::Duration;

use yew_auth_session::{CredentialKind, Degradation, Event, RefreshOutcome, RefreshPolicy, SessionsOutcome, Ticket};

use super::clock::SECOND;
use super::cookies::SetCookie;
use super::lock::PageId;
use super::mutant::Mutant;
use super::network::{Delivery, Fault};
use super::person::family_of;
use super::queue::{PageEvent, QueuedEvent};
use super::request::{Answer, Purpose, RequestId};
use super::server::{Refusal, Server};
use super::world::{Cause, World};

/// What the driver and the client allow a request that the machine does not watch over.
pub const REQUEST_TIMEOUT: u64 = 15 * SECOND;

/// How long the browser may still keep the cookies of an answer that nobody waits for any more.
const CANCEL_TAKES: u64 = SECOND;

impl World {
    pub fn send(&mut self, request: RequestId) {
        let page = self.requests[request].page;
        self.trace.page(self.now, page, || format!("sends {}", self.requests[request].purpose));
        if !self.is_online() {
            let soon = self.random.between(0, 50);
            return self.answer_page(request, soon, Answer::Broken);
        }
        if let Some((out, home)) = self.next_delivery.take() {
            self.after(out, QueuedEvent::Arrival(request, Delivery::Arrives(home)));
            return self.set_timeout(request);
        }
        match self.network_quality.delivery(&mut self.random) {
            Delivery::Arrives(delay) => {
                let homeward = self.network_quality.delivery(&mut self.random);
                self.after(delay, QueuedEvent::Arrival(request, homeward));
            }
            Delivery::Breaks(delay) => self.answer_page(request, delay, Answer::Broken),
            Delivery::Vanishes => {}
        }
        self.set_timeout(request);
    }

    /// The machine watches over its refreshes itself.
    fn set_timeout(&mut self, request: RequestId) {
        if !matches!(self.requests[request].purpose, Purpose::Refresh { .. }) {
            let due = self.clocks.running(self.now) + REQUEST_TIMEOUT;
            self.tell(self.requests[request].page, REQUEST_TIMEOUT, PageEvent::GiveUp { request, due });
        }
    }

    /// The request is at the server, or at what stands before it. A spoiled answer may still set the cookies.
    pub fn arrive(&mut self, request: RequestId, homeward: Delivery) {
        let mut answer = match self.fault {
            Some(Fault::BadAnswer { acts: true }) | None => self.serve(request),
            Some(fault) => Answer::Fault(fault),
        };
        if let Some(fault) = self.fault {
            answer = Answer::Fault(fault);
            if self.setup.kind != CredentialKind::SessionCookie || self.random.chance(50) {
                self.requests[request].sets.clear();
            }
        }
        self.trace.world(self.now, || format!("the server answers {} with {answer}", self.requests[request].purpose));
        match homeward {
            Delivery::Arrives(delay) => self.answer_page(request, delay, answer),
            Delivery::Breaks(delay) => self.answer_page(request, delay, Answer::Broken),
            Delivery::Vanishes => {}
        }
    }

    fn serve(&mut self, request: RequestId) -> Answer {
        if self.setup.kind == CredentialKind::SessionCookie {
            return self.serve_by_name(request);
        }
        let in_cookies = self.setup.kind == CredentialKind::Cookie;
        let issued = match self.requests[request].purpose.clone() {
            Purpose::Refresh { family, .. } if !self.setup.renewal.renews() => {
                let alive = family.ok_or(Refusal::Unknown).and_then(|family| self.server.alive(family, self.now));
                return alive.map_or_else(Answer::Refused, |()| Answer::Confirmed);
            }
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
                if let Ok(issued) = &issued {
                    if self.requests[request].owner.is_none() && self.mutant != Some(Mutant::WithoutLock) {
                        self.checks.signed_in_without_lock.insert(issued.family);
                    }
                    self.server.sign_out(replaced.as_ref());
                }
                issued
            }
            Purpose::Poll { token, .. } => {
                let read = self.server.read(token.as_ref(), self.now);
                return read.map_or_else(Answer::Refused, |(family, user)| Answer::Posts(family, user));
            }
            Purpose::Revoke { token, family, .. } => {
                self.check_revocation(token.as_ref(), family);
                match (token, family) {
                    (None, Some(family)) => self.server.end(family),
                    (token, _) => self.server.sign_out(token.as_ref()),
                }
                if in_cookies {
                    self.requests[request].sets.push(SetCookie::ClearFixed);
                }
                return Answer::SignedOut;
            }
            Purpose::AskSessions { .. } => unreachable!("only cookies with names are asked for"),
        };
        match issued {
            Ok(issued) => {
                if in_cookies {
                    self.requests[request].sets.push(SetCookie::Fixed(Box::new(issued.clone())));
                }
                Answer::Issued(Box::new(issued))
            }
            Err(refusal) => Answer::Refused(refusal),
        }
    }

    /// An answer reaches the browser, which keeps the cookies it brings, whatever its page is doing. So it does when the
    /// page has just gone, or given the request up.
    pub fn come_back(&mut self, request: RequestId, mut answer: Answer) {
        let open = self.requests[request].open;
        let was_there = self.requests[request].dropped.is_some_and(|dropped| self.now - dropped < CANCEL_TAKES);
        if !open && (self.setup.kind != CredentialKind::SessionCookie || !was_there) {
            return;
        }
        let lost = !self.is_online() || (self.clocks.is_asleep() && self.random.chance(50));
        if lost {
            answer = Answer::Broken;
        }
        if self.leaves_unknown_cookies(request) {
            answer = Answer::Broken;
        }
        if !matches!(answer, Answer::Broken) {
            self.keep_cookies(request, &answer);
        }
        if open {
            self.tell(self.requests[request].page, 0, PageEvent::Answer(request, answer));
        }
    }

    /// With fixed names, a sign-in that is answered while its page is frozen leaves cookies of which nobody knows
    /// (docs/limits.md): it is not simulated further.
    fn leaves_unknown_cookies(&self, request: RequestId) -> bool {
        let is_sign_in = matches!(self.requests[request].purpose, Purpose::SignIn { .. });
        let is_deaf = self.clocks.is_asleep() || self.pages[self.requests[request].page].is_frozen(self.now);
        self.setup.kind == CredentialKind::Cookie && is_sign_in && is_deaf
    }

    /// With fixed names, an answer to a request of the session before replaces the cookies of the new session when it
    /// comes after the sign-in. Where its page was not awake to give it up, no client can help it (docs/limits.md): it is
    /// not simulated further.
    fn keep_cookies(&mut self, request: RequestId, answer: &Answer) {
        if self.setup.kind == CredentialKind::Cookie {
            let newest = self.jar.fixed.refresh.as_ref().and_then(Server::refresh_family);
            if let Purpose::Refresh { token, .. } | Purpose::Revoke { token, .. } = &self.requests[request].purpose
                && token.as_ref().and_then(Server::refresh_family) < newest
            {
                self.check_overtaking(request, answer);
                return;
            }
        }
        for change in std::mem::take(&mut self.requests[request].sets) {
            self.jar.apply(change, &self.server);
        }
    }

    /// The page hears of it.
    pub fn answer(&mut self, page: PageId, request: RequestId, answer: Answer) {
        if !std::mem::replace(&mut self.requests[request].open, false) {
            return;
        }
        self.trace.page(self.now, page, || format!("gets {answer}"));
        self.learn_of_the_clock(page, request, &answer);
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
                let done = matches!(answer, Answer::SignedOut | Answer::Refused(_) | Answer::AnotherSession);
                self.feed(page, |stored| Event::RevokeFinished { revocation, done, stored });
            }
            Purpose::SignIn { user, attempt, started, sent, .. } => {
                self.sign_in_answered(page, user, attempt, (started, sent), answer);
            }
            Purpose::AskSessions { ticket, sent } => {
                self.note_pause_of_questions(page, &answer);
                self.sessions_listed(page, ticket, sent, answer);
            }
        }
        let owner = self.requests[request].owner.take();
        self.release_lock(page, owner);
    }

    /// A page hears `Retry-After` to its question. It honours that, whoever signs in meanwhile.
    fn note_pause_of_questions(&mut self, page: PageId, answer: &Answer) {
        if let Answer::Fault(Fault::RateLimited { retry_after }) = answer {
            let pause = (*retry_after).min(RefreshPolicy::default().retry_after_cap.as_secs()) * SECOND;
            self.pages[page].asks_nothing_until = self.clocks.running(self.now) + pause;
        }
    }

    /// A token that was asked for before the clocks moved says nothing of them since. Nor does a refusal, which may be about
    /// the request.
    fn learn_of_the_clock(&mut self, page: PageId, request: RequestId, answer: &Answer) {
        if matches!(answer, Answer::Issued(_)) {
            let sent = self.requests[request].sent;
            let known = &mut self.pages[page].knows_better_since;
            *known = (*known).max(Some(sent));
        }
    }

    fn refresh_outcome(&self, answer: Answer) -> RefreshOutcome {
        let kind = self.setup.kind;
        match answer {
            Answer::Issued(issued) => RefreshOutcome::Granted(Box::new(issued.tokens(kind, self.setup.renewal))),
            Answer::Refused(Refusal::Unknown) if kind == CredentialKind::Bearer => {
                unreachable!("pages present what was issued")
            }
            Answer::Confirmed => RefreshOutcome::Confirmed,
            Answer::Refused(_) => RefreshOutcome::Refused,
            Answer::AnotherSession => RefreshOutcome::AnotherSession,
            other => {
                let (cause, retry_after) = failure(&other);
                RefreshOutcome::Failed { cause, retry_after }
            }
        }
    }

    fn sessions_listed(&mut self, page: PageId, ticket: Ticket, sent: Duration, answer: Answer) {
        let (families, outcome) = match answer {
            Answer::Sessions { found, server_time } => (
                found.iter().map(|found| family_of(&found.user)).collect(),
                SessionsOutcome::Found { sessions: found, server_time },
            ),
            other => {
                let (cause, retry_after) = failure(&other);
                (Vec::new(), SessionsOutcome::Failed { cause, retry_after })
            }
        };
        let cause = Cause::Found(families);
        self.feed_caused(page, cause, |stored| Event::SessionsListed { ticket, outcome, sent, stored });
    }

    pub fn give_up(&mut self, page: PageId, request: RequestId, due: u64) {
        if !self.requests[request].open {
            return;
        }
        let running = self.clocks.running(self.now);
        if running < due {
            return self.tell(page, due - running, PageEvent::GiveUp { request, due });
        }
        self.requests[request].dropped = Some(self.now);
        self.answer(page, request, Answer::Broken);
    }
}

/// What a client makes of an answer that says nothing.
fn failure(answer: &Answer) -> (Degradation, Option<Duration>) {
    match answer {
        Answer::Fault(fault @ Fault::RateLimited { retry_after }) => {
            (fault.cause(), Some(Duration::from_secs(*retry_after)))
        }
        Answer::Fault(fault) => (fault.cause(), None),
        _ => (Degradation::Unreachable, None),
    }
}
