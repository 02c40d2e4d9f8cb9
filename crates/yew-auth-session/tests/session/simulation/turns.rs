//! Requests that wait for their turn, as the driver has them do where all tabs share the cookies.

use std::time::Duration;

use yew_auth_session::{Contention, Event, RefreshPolicy, Revocation};

use super::flight::Errand;
use super::lock::{Hand, PageId};
use super::mutant::Mutant;
use super::queue::PageHappening;
use super::server::UserName;
use super::world::World;

/// How soon the driver asks for the lock again.
const ASK_AGAIN: u64 = 100;

/// A request that waits, and what its page has seen of the lock meanwhile.
#[derive(Clone, Debug)]
pub struct Turn {
    id: u64,
    of: Waiting,
    began: Duration,
    contention: Option<Contention>,
}

/// What waits.
#[derive(Clone, Debug)]
pub enum Waiting {
    SignIn(UserName),
    Revocation(Revocation),
}

impl World {
    /// Sends this when its turn comes; at once where each tab has its own tokens.
    pub fn wait_for_turn(&mut self, page: PageId, of: Waiting) {
        let by_token = matches!(of, Waiting::Revocation(Revocation::Token(_)));
        if !self.setup.cookies || by_token || self.mutant == Some(Mutant::OutOfTurn) {
            return self.have_turn(page, None, of);
        }
        let began = self.pages[page].read_clocks(self.now, &self.clocks).monotonic;
        self.turns += 1;
        self.ask_for_turn(page, Turn { id: self.turns, of, began, contention: None });
    }

    pub fn ask_for_turn(&mut self, page: PageId, mut turn: Turn) {
        let hand = Hand::Turn(turn.id);
        let Err(holder) = self.lock.try_take(page, hand) else {
            return self.have_turn(page, Some(hand), turn.of);
        };
        let policy = RefreshPolicy::default();
        let now = self.pages[page].read_clocks(self.now, &self.clocks).monotonic;
        let seen = Contention::seen(turn.contention.take(), Some(holder), now);
        if seen.is_with_a_holder_that_is_gone(&policy, now) {
            self.trace.page(self.now, page, || format!("steals the lock for {:?}", turn.of));
            self.lock.take(page, hand);
            return self.have_turn(page, Some(hand), turn.of);
        }
        if now - turn.began > policy.lease() {
            return self.turn_is_late(page, turn.of);
        }
        turn.contention = Some(seen);
        self.tell(page, ASK_AGAIN, PageHappening::Turn(Box::new(turn)));
    }

    /// The lock has gone from hand to hand: nobody is kept from signing in for good, and a revocation waits.
    fn turn_is_late(&mut self, page: PageId, of: Waiting) {
        match of {
            Waiting::SignIn(_) => self.have_turn(page, None, of),
            Waiting::Revocation(revocation) => {
                self.feed(page, |stored| Event::RevokeFinished { revocation, done: false, stored });
            }
        }
    }

    fn have_turn(&mut self, page: PageId, hand: Option<Hand>, of: Waiting) {
        let errand = match of {
            Waiting::SignIn(user) => {
                let sent = self.pages[page].read_clocks(self.now, &self.clocks).monotonic;
                let replaced = self.jar.refresh.clone();
                Errand::SignIn { user, sent, replaced }
            }
            Waiting::Revocation(Revocation::Token(token)) => {
                let revocation = Revocation::Token(token.clone());
                Errand::Revoke { revocation, token: Some(token) }
            }
            Waiting::Revocation(Revocation::Cookie) => {
                self.look_after(page);
                if !self.pages[page].machine.is_to_revoke(&Revocation::Cookie) {
                    self.end_turn(page, hand);
                    let revocation = Revocation::Cookie;
                    return self.feed(page, |stored| Event::RevokeFinished { revocation, done: true, stored });
                }
                Errand::Revoke { revocation: Revocation::Cookie, token: self.jar.refresh.clone() }
            }
        };
        let flight = self.launch(page, errand);
        self.flights[flight].hand = hand;
    }

    pub fn end_turn(&mut self, page: PageId, hand: Option<Hand>) {
        if let Some(hand) = hand {
            self.lock.release(page, hand);
        }
    }
}
