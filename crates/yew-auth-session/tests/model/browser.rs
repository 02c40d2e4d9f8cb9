//! One browser with two tabs, and everything that a state of the search is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use yew_auth_session::{
    CredentialKind, Event, Now, RefreshPolicy, Rule, SessionId, SessionMachine, SessionRecord, Stored, Timestamp, User,
};

use crate::server::Server;
use crate::wire::Request;

pub type Person = u8;
pub const ADA: Person = 0;
pub const BOB: Person = 1;

/// Names one session, by the order of the sign-ins.
pub type Sid = u8;

/// One load of a page: which tab, and how often that has loaded before.
pub type Page = (usize, u8);

pub const LIFETIME: Duration = Duration::from_secs(300);

/// What most states have in common is shared between them: there are millions.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Browser {
    pub now: Duration,
    pub tabs: [Tab; 2],
    pub record: Option<Arc<SessionRecord>>,
    pub server: Server,
    /// The refresh token of each session whose cookies the browser holds, by number, and when its access token was issued.
    pub jar: Arc<BTreeMap<Sid, Cookies>>,
    /// Who holds the refresh lock, and the number of the lease.
    pub lock: Option<(Page, u32)>,
    pub leases: u32,
    pub requests: Vec<Arc<Request>>,
    pub left: Budget,
    /// Sessions that have ended in this browser.
    pub over: BTreeSet<Sid>,
    pub broken: Option<String>,
    off: Option<Rule>,
}

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Tab {
    /// `None` while the tab is closed.
    pub machine: Option<Arc<SessionMachine>>,
    pub loads: u8,
    pub frozen: bool,
    /// Answers that have come while the tab was frozen.
    pub inbox: Vec<(Arc<Request>, crate::wire::Reply)>,
    pub sign_ins: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cookies {
    pub refresh: u8,
    pub issued: Duration,
}

/// What may still happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Budget {
    pub sign_ins: u8,
    pub sign_outs: u8,
    pub polls: u8,
    pub losses: u8,
    pub doubles: u8,
    pub freezes: u8,
    pub crashes: u8,
    pub ticks: u8,
}

impl Budget {
    pub const FULL: Self =
        Self { sign_ins: 2, sign_outs: 2, polls: 1, losses: 1, doubles: 1, freezes: 1, crashes: 1, ticks: 8 };

    pub const SIGN_IN_AND_OUT: Self = Self { sign_ins: 1, sign_outs: 1, losses: 1, crashes: 1, ticks: 3, ..Self::NONE };

    const NONE: Self =
        Self { sign_ins: 0, sign_outs: 0, polls: 0, losses: 0, doubles: 0, freezes: 0, crashes: 0, ticks: 0 };
}

impl Browser {
    /// Ada is signed in, in both tabs.
    pub fn new(budget: Budget, off: Option<Rule>) -> Self {
        let tab = || Tab { machine: None, loads: 0, frozen: false, inbox: Vec::new(), sign_ins: 0 };
        let mut browser = Self {
            now: Duration::ZERO,
            tabs: [tab(), tab()],
            record: None,
            server: Server::default(),
            jar: Arc::default(),
            lock: None,
            leases: 0,
            requests: Vec::new(),
            left: budget,
            over: BTreeSet::new(),
            broken: None,
            off,
        };
        browser.open(0);
        // The page has found no record, and asks: the browser holds nothing yet.
        browser.deliver(0);
        browser.answer(0, true);
        browser.sign_in(0, ADA);
        browser.deliver(0);
        browser.answer(0, true);
        browser.open(1);
        browser.left = budget;
        browser
    }

    pub fn open(&mut self, tab: usize) {
        let mut policy = RefreshPolicy::default();
        // Retries that are spread at random would make each history another state.
        policy.retry_jitter = Duration::ZERO;
        let mut machine = SessionMachine::new(policy, CredentialKind::SessionCookie, 7);
        if let Some(rule) = self.off {
            machine.switch_off(rule);
        }
        self.tabs[tab].machine = Some(Arc::new(machine));
        self.tabs[tab].loads += 1;
        self.feed(tab, |stored| Event::Started { stored, online: true });
    }

    /// The tab is gone without a word. The browser cancels its requests, and lets go of its lock.
    pub fn crash(&mut self, tab: usize) {
        self.left.crashes -= 1;
        let page = self.page(tab);
        self.tabs[tab].machine = None;
        self.tabs[tab].frozen = false;
        self.tabs[tab].inbox.clear();
        self.lock = self.lock.filter(|(holder, _)| *holder != page);
        for request in self.requests.iter_mut().filter(|request| request.page == page) {
            Arc::make_mut(request).open = false;
        }
    }

    pub fn page(&self, tab: usize) -> Page {
        (tab, self.tabs[tab].loads)
    }

    pub fn is_open(&self, page: Page) -> bool {
        self.tabs[page.0].machine.is_some() && self.page(page.0) == page
    }

    pub fn is_awake(&self, tab: usize) -> bool {
        self.tabs[tab].machine.is_some() && !self.tabs[tab].frozen
    }

    pub fn stored(&self) -> Stored {
        self.record.as_ref().map_or(Stored::Absent, |record| Stored::Present(Box::new((**record).clone())))
    }

    pub fn clock(&self) -> Now {
        Now { wall: wall(self.now), monotonic: self.now }
    }

    /// The session that the record shows.
    pub fn recorded(&self) -> Option<Sid> {
        self.record.as_ref()?.session()?.credentials.session().map(sid)
    }

    /// The session that a tab shows.
    pub fn shown(&self, tab: usize) -> Option<Sid> {
        self.tabs[tab].machine.as_ref()?.session_id().map(sid)
    }

    pub fn break_invariant(&mut self, how: impl Into<String>) {
        self.broken.get_or_insert(how.into());
    }
}

pub fn wall(at: Duration) -> Timestamp {
    Timestamp::from_secs(1_800_000_000) + at
}

pub fn session_id(sid: Sid) -> SessionId {
    SessionId::new(format!("{sid:032x}")).expect("32 digits")
}

pub fn sid(session: &SessionId) -> Sid {
    Sid::from_str_radix(session.as_str(), 16).expect("the model has made it")
}

pub fn user(person: Person) -> User {
    User::new(person.to_string(), if person == ADA { "ada" } else { "bob" })
}
