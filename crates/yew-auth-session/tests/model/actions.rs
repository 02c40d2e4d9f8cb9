//! What may happen next, and what must hold whatever does.

use std::sync::Arc;
use std::time::Duration;

use stateright::{Model, Property};
use yew_auth_session::{Event, RefreshPolicy, Rule};

use crate::browser::{ADA, BOB, Browser, Budget, Person};
use crate::wire::{Reply, Request, What};

pub struct TwoTabs {
    pub budget: Budget,
    /// The rule that the machines do not keep.
    pub off: Option<Rule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    SignIn(usize, Person),
    SignOut(usize),
    Poll(usize),
    /// The tab hears that the record has changed.
    Hear(usize),
    Freeze(usize),
    Thaw(usize),
    Crash(usize),
    Open(usize),
    /// The request reaches the server.
    Deliver(usize),
    /// The request reaches the server, which answers to nobody, and once more later.
    Double(usize),
    /// The answer reaches its page.
    Answer(usize),
    /// The request, or its answer, is lost.
    Lose(usize),
    /// The answer sets its cookies, and cannot be read.
    Spoil(usize),
    /// Time passes until somebody has something to do.
    Tick,
}

impl Model for TwoTabs {
    type State = Browser;
    type Action = Action;

    fn init_states(&self) -> Vec<Browser> {
        vec![Browser::new(self.budget, self.off)]
    }

    fn actions(&self, browser: &Browser, actions: &mut Vec<Action>) {
        let left = &browser.left;
        for request in 0..browser.requests.len() {
            if browser.requests[request].reply.is_some() {
                actions.push(Action::Answer(request));
                if left.losses > 0 {
                    actions.push(Action::Spoil(request));
                }
            } else {
                actions.push(Action::Deliver(request));
                if left.doubles > 0 {
                    actions.push(Action::Double(request));
                }
            }
            if left.losses > 0 {
                actions.push(Action::Lose(request));
            }
        }
        for tab in 0..browser.tabs.len() {
            if browser.tabs[tab].frozen {
                actions.push(Action::Thaw(tab));
            }
            if browser.tabs[tab].machine.is_none() {
                actions.push(Action::Open(tab));
            }
            if browser.tabs[tab].machine.is_some() && left.crashes > 0 {
                actions.push(Action::Crash(tab));
            }
            if !browser.is_awake(tab) {
                continue;
            }
            if browser.has_news_for(tab) {
                actions.push(Action::Hear(tab));
            }
            if left.freezes > 0 {
                actions.push(Action::Freeze(tab));
            }
            if left.sign_ins > 0 {
                actions.extend([Action::SignIn(tab, ADA), Action::SignIn(tab, BOB)]);
            }
            if left.sign_outs > 0 && browser.shown(tab).is_some() {
                actions.push(Action::SignOut(tab));
            }
            if left.polls > 0 && browser.shown(tab).is_some() {
                actions.push(Action::Poll(tab));
            }
        }
        if left.ticks > 0 && browser.next_deadline().is_some() {
            actions.push(Action::Tick);
        }
    }

    fn next_state(&self, browser: &Browser, action: Action) -> Option<Browser> {
        let mut browser = browser.clone();
        browser.act(action);
        Some(browser)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("every invariant holds, and the browser recovers", |_, browser: &Browser| {
            browser.what_is_wrong().is_none()
        })]
    }
}

impl Browser {
    pub fn act(&mut self, action: Action) {
        match action {
            Action::SignIn(tab, person) => self.sign_in(tab, person),
            Action::SignOut(tab) => self.sign_out(tab),
            Action::Poll(tab) => {
                self.left.polls -= 1;
                self.poll(tab);
            }
            Action::Hear(tab) => self.feed(tab, |stored| Event::RecordChanged { stored }),
            Action::Freeze(tab) => {
                self.left.freezes -= 1;
                self.tabs[tab].frozen = true;
            }
            Action::Thaw(tab) => self.thaw(tab),
            Action::Crash(tab) => self.crash(tab),
            Action::Open(tab) => self.open(tab),
            Action::Deliver(request) => self.deliver(request),
            Action::Double(request) => {
                self.left.doubles -= 1;
                self.serve(request);
            }
            Action::Answer(request) => self.answer(request, true),
            Action::Lose(request) => {
                self.left.losses -= 1;
                self.lose(request);
            }
            Action::Spoil(request) => {
                self.left.losses -= 1;
                self.answer(request, false);
            }
            Action::Tick => {
                self.left.ticks -= 1;
                self.tick();
            }
        }
    }

    /// Whoever signs out wants nobody to be signed in by what was sent before.
    fn sign_out(&mut self, tab: usize) {
        self.left.sign_outs -= 1;
        if self.recorded().is_some() {
            self.over.extend(self.server.all());
            for request in &mut self.requests {
                if matches!(request.what, What::SignIn(..)) {
                    Arc::make_mut(request).cancelled = true;
                }
            }
        }
        self.feed(tab, |stored| Event::SignOutRequested { stored });
    }

    pub fn has_news_for(&self, tab: usize) -> bool {
        let known = self.tabs[tab].machine.as_ref().map(|machine| machine.generation());
        self.record.as_ref().is_some_and(|record| Some(record.generation) > known)
    }

    pub fn thaw(&mut self, tab: usize) {
        self.tabs[tab].frozen = false;
        for (request, reply) in std::mem::take(&mut self.tabs[tab].inbox) {
            self.heard(tab, &request, reply);
        }
        self.give_up();
        self.feed(tab, |stored| Event::Woke { stored });
    }

    /// When somebody has something to do: a machine, or a page whose request takes too long.
    pub fn next_deadline(&self) -> Option<Duration> {
        let machines = (0..self.tabs.len()).filter(|tab| self.is_awake(*tab)).filter_map(|tab| self.due(tab));
        let requests = self.requests.iter().filter(|request| request.open && self.is_awake(request.page.0));
        let requests = requests.map(|request| request.sent + RefreshPolicy::default().request_timeout);
        machines.chain(requests).map(|due| due.max(self.now)).min()
    }

    fn due(&self, tab: usize) -> Option<Duration> {
        let due = self.tabs[tab].machine.as_ref()?.poll_timeout()?;
        Some(self.now + due.duration_since(self.clock().wall))
    }

    /// Time passes; what has become due is done.
    pub fn tick(&mut self) {
        let Some(deadline) = self.next_deadline() else { return };
        self.now = deadline.max(self.now + Duration::from_millis(1));
        // Nothing takes longer than that, out or home.
        let lease = RefreshPolicy::default().sign_in_lease();
        let is_lost = |request: &Request| request.sent + lease <= self.now && self.is_forgotten(request);
        let kept = self.requests.iter().filter(|request| !is_lost(request)).cloned().collect();
        self.requests = kept;
        self.give_up();
        for tab in 0..self.tabs.len() {
            if self.is_awake(tab) && self.due(tab).is_some_and(|due| due <= self.now) {
                self.feed(tab, |stored| Event::RecordChanged { stored });
            }
        }
    }

    /// Nobody waits for it, or nobody who could say so.
    fn is_forgotten(&self, request: &Request) -> bool {
        !request.open || !self.is_awake(request.page.0)
    }

    /// The driver gives up what takes too long, and the browser cancels it; the machine does so with its refreshes.
    fn give_up(&mut self) {
        let timeout = RefreshPolicy::default().request_timeout;
        let is_late = |browser: &Self, request: &Request| {
            let is_refresh = matches!(request.what, What::Refresh(..));
            request.open && !is_refresh && browser.is_awake(request.page.0) && request.sent + timeout <= browser.now
        };
        while let Some(late) = self.requests.iter().position(|request| is_late(self, request)) {
            let waiting = Arc::clone(&self.requests[late]);
            Arc::make_mut(&mut self.requests[late]).open = false;
            self.hand_over(waiting, Reply::Failed);
        }
    }
}
