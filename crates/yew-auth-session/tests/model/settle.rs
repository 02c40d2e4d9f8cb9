//! From every state the browser recovers, once nothing is wrong any more.

use std::time::Duration;

use yew_auth_session::Event;

use crate::browser::Browser;

/// Longer than a sign-in of a tab that is gone is left alone, and a revocation that failed waits.
const LONG_ENOUGH: Duration = Duration::from_secs(150);

impl Browser {
    /// Which invariant does not hold, here or once everything has come to rest.
    pub fn what_is_wrong(&self) -> Option<String> {
        if self.broken.is_some() {
            return self.broken.clone();
        }
        let mut settled = self.clone();
        settled.settle();
        settled.broken.clone().or_else(|| settled.what_is_left())
    }

    /// All tabs are awake, and each message arrives.
    fn settle(&mut self) {
        for tab in 0..self.tabs.len() {
            if self.tabs[tab].frozen {
                self.thaw(tab);
            }
            if self.tabs[tab].machine.is_none() {
                self.open(tab);
            }
        }
        let end = self.now + LONG_ENOUGH;
        loop {
            if !self.requests.is_empty() {
                if self.requests[0].reply.is_none() {
                    self.deliver(0);
                }
                self.answer(0, true);
            } else if let Some(tab) = (0..self.tabs.len()).find(|tab| self.has_news_for(*tab)) {
                self.feed(tab, |stored| Event::RecordChanged { stored });
            } else if self.next_deadline().is_some_and(|deadline| deadline <= end) {
                self.tick();
            } else {
                return;
            }
        }
    }

    fn what_is_left(&self) -> Option<String> {
        let recorded = self.recorded();
        for tab in 0..self.tabs.len() {
            if self.shown(tab) != recorded {
                return Some(format!("tab {tab} shows {:?} where {recorded:?} is recorded", self.shown(tab)));
            }
        }
        let lives = |sid: &u8| self.server.is_alive(*sid) && Some(*sid) != recorded;
        if let Some(sid) = self.jar.keys().copied().find(lives) {
            return Some(format!("session {sid} lives, the browser holds its cookies, and nobody shows it"));
        }
        let record = self.record.as_ref()?;
        if !record.revocations.is_empty() || !record.pending_sign_ins.is_empty() {
            return Some(format!("left: {:?}, {:?}", record.revocations, record.pending_sign_ins));
        }
        None
    }
}
