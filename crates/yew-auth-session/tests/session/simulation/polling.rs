//! What an authorised client does for a page that polls every ten seconds.

use yew_auth_session::{Authorization, CredentialKind, Event};

use super::clock::SECOND;
use super::lock::PageId;
use super::mutant::Mutant;
use super::page::Poll;
use super::queue::PageEvent;
use super::request::{Answer, Purpose, RequestId};
use super::session_cookies::{family_of_id, session_id};
use super::world::World;

const POLL_INTERVAL: u64 = 10 * SECOND;

impl World {
    pub fn arm_poll(&mut self, page: PageId, wait: u64) {
        let due = self.clocks.running(self.now) + wait;
        let timer = &mut self.pages[page].poll_timer;
        timer.arming += 1;
        timer.due = Some(due);
        let arming = timer.arming;
        self.tell(page, wait, PageEvent::PollTimer { arming, due });
    }

    pub fn poll_timer(&mut self, page: PageId, arming: u64, due: u64) {
        let running = self.clocks.running(self.now);
        if running < due {
            return self.tell(page, due - running, PageEvent::PollTimer { arming, due });
        }
        if !self.pages[page].poll_timer.fires(arming) {
            return;
        }
        if self.mutant == Some(Mutant::PollsByInterval) {
            self.arm_poll(page, POLL_INTERVAL);
        }
        if self.pages[page].visible {
            self.begin_poll(page);
        }
    }

    fn begin_poll(&mut self, page: PageId) {
        self.sync(page);
        self.pages[page].poll = Poll::Waiting { refused: None };
        self.after_change(page);
    }

    /// Asks again for what the poll waits for.
    pub fn poll_goes_on(&mut self, page: PageId) {
        let Poll::Waiting { refused } = self.pages[page].poll.clone() else { return };
        let now = self.pages[page].read_clocks(self.now, &self.clocks);
        let machine = &self.pages[page].machine;
        let authorization = match &refused {
            Some(refused) => machine.authorization_instead_of(refused, now),
            None => machine.authorization(now),
        };
        match authorization {
            Authorization::Ready { token, .. } if refused.as_ref() == Some(&token) => self.poll_ended(page),
            Authorization::Ready { access, session, token: id } => {
                let family = self.pages[page].shows.expect("who has a token shows a session");
                let named = session.as_ref().map(family_of_id);
                let token = match self.setup.kind {
                    CredentialKind::Bearer => access,
                    CredentialKind::Cookie => self.jar.fixed.access.clone(),
                    CredentialKind::SessionCookie => {
                        let pair = named.and_then(|named| self.jar.named.get(&named));
                        pair.and_then(|pair| pair.access.clone())
                    }
                };
                self.check_named(page, family, named);
                self.check_poll(page, family, token.as_ref());
                let replayed = refused.is_some();
                let request = self.launch(page, Purpose::Poll { token, id, replayed, family });
                self.pages[page].served = self.now;
                self.pages[page].poll = Poll::Sent(request);
                self.pages[page].last_poll = Some(request);
            }
            Authorization::Pending => self.check_stuck(page),
            Authorization::Unavailable(_) => {
                self.check_stuck(page);
                self.poll_ended(page);
            }
            Authorization::Unauthenticated(_) => {
                self.pages[page].served = self.now;
                self.poll_ended(page);
            }
        }
    }

    pub fn poll_answered(&mut self, page: PageId, request: RequestId, answer: Answer) {
        let Purpose::Poll { id, replayed, family, .. } = self.requests[request].purpose.clone() else { return };
        if matches!(answer, Answer::Posts(..)) && self.pages[page].machine.awaits_proof() {
            self.feed(page, |_| Event::AccessTokenAccepted(id.clone()));
        }
        match answer {
            Answer::Refused(_) if !replayed && self.mutant != Some(Mutant::NoReplay) => {
                self.pages[page].poll = Poll::Waiting { refused: Some(id.clone()) };
                self.feed(page, |_| Event::AccessTokenRejected(id));
            }
            Answer::AnotherSession => {
                let session = session_id(family);
                self.feed(page, |stored| Event::AnotherSession { session, stored });
                self.poll_ended(page);
            }
            // The answer belongs to the person who was shown when the request was sent.
            Answer::Posts(served, _)
                if self.pages[page].shows == Some(family) || self.mutant == Some(Mutant::ShowsAnyAnswer) =>
            {
                self.check_shown_data(page, served);
                self.poll_ended(page);
            }
            Answer::Refused(refusal) => {
                self.check_401(page, family, refusal);
                self.poll_ended(page);
            }
            _ => self.poll_ended(page),
        }
    }

    fn poll_ended(&mut self, page: PageId) {
        self.pages[page].poll = Poll::Resting;
        if self.mutant != Some(Mutant::PollsByInterval) {
            self.arm_poll(page, POLL_INTERVAL);
        }
    }

    /// A page that is shown again polls at once.
    pub fn poll_now(&mut self, page: PageId) {
        if self.pages[page].poll == Poll::Resting {
            self.arm_poll(page, 0);
        }
    }
}
