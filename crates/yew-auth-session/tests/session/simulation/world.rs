//! The machine with its tabs, the server, and what is between them.

use yew_auth_session::{CredentialKind, Event, RefreshPolicy, SessionMachine, SessionRecord, Stored};

use super::clock::{Clocks, Instant};
use super::cookies::Jar;
use super::invariants::{Checks, Invariant, Violation};
use super::lock::{Lock, PageId};
use super::mutant::Mutant;
use super::network::{Fault, NetworkQuality};
use super::page::Page;
use super::plan::{Plan, Setup, Step, TabId};
use super::queue::{PageEvent, Queue, QueuedEvent};
use super::random::Random;
use super::request::{Answer, Purpose, Request, RequestId};
use super::server::{Family, Server};
use super::trace::Trace;

/// An hour brings some tens of thousands. More is a loop that burns the battery.
const MOST_EVENTS: u64 = 400_000;

#[derive(Debug)]
pub struct World {
    pub now: Instant,
    pub random: Random,
    pub setup: Setup,
    pub end: Instant,
    pub mutant: Option<Mutant>,
    pub queue: Queue,
    pub clocks: Clocks,
    pub asleep_until: Instant,
    pub server: Server,
    pub network_quality: NetworkQuality,
    /// How long the next request takes, out and home: where a test wants it so.
    pub next_delivery: Option<(u64, u64)>,
    pub fault: Option<Fault>,
    pub offline_until: Instant,
    /// The shared record, as it is stored.
    pub record: Option<SessionRecord>,
    /// The cookies, which all tabs share.
    pub jar: Jar,
    pub lock: Lock,
    /// How many requests have waited for their wait.
    pub lock_waits: u64,
    pub pages: Vec<Page>,
    pub tabs: Vec<Option<PageId>>,
    pub requests: Vec<Request>,
    pub cause: Cause,
    pub checks: Checks,
    pub trace: Trace,
    pub processed: u64,
}

/// What the event that is being handled allows a machine to do to the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    None,
    /// Somebody has signed in, with a request that was sent then.
    SigningIn(Family, Instant),
    SigningOut,
    /// The server has refused to refresh this family.
    Refused(Family),
    /// The server has said which sessions the browser holds.
    Found(Vec<Family>),
}

impl World {
    pub fn new(mut random: Random, plan: Plan, mutant: Option<Mutant>, mut trace: Trace) -> Self {
        let Plan { setup, steps, end } = plan;
        trace.world(0, || format!("{setup:?}"));
        let mut queue = Queue::default();
        for (at, step) in steps {
            queue.push(at, QueuedEvent::Step(step));
        }
        let mut world = Self {
            now: 0,
            end,
            mutant,
            queue,
            clocks: Clocks::new(setup.skew, setup.monotonic_counts_sleep),
            asleep_until: 0,
            server: Server::new(setup.lifetimes, setup.renewal, mutant == Some(Mutant::StrictRotation)),
            network_quality: NetworkQuality::FAIR,
            next_delivery: None,
            fault: None,
            offline_until: 0,
            record: None,
            jar: Jar::default(),
            lock: Lock::new(setup.lock),
            lock_waits: 0,
            pages: Vec::new(),
            tabs: vec![None; setup.tabs],
            requests: Vec::new(),
            cause: Cause::None,
            checks: Checks::default(),
            trace,
            processed: 0,
            random: Random::new(random.draw()),
            setup,
        };
        world.begin();
        world
    }

    /// Runs until the end, or until an invariant is broken.
    pub fn run(&mut self) -> Result<(), Violation> {
        self.run_until(self.end)?;
        self.check_end();
        self.checks.violation.take().map_or(Ok(()), Err)
    }

    /// Lets everything happen that happens before `end`.
    pub fn run_until(&mut self, end: Instant) -> Result<(), Violation> {
        while let Some((at, event)) = self.queue.pop() {
            if at > end {
                self.queue.push(at, event);
                break;
            }
            self.now = at;
            self.process(event);
            self.processed += 1;
            if self.processed > MOST_EVENTS {
                self.violate(Invariant::NeverStuck, || "a hot loop".to_owned());
            }
            if let Some(violation) = self.checks.violation.take() {
                return Err(violation);
            }
        }
        self.now = end;
        Ok(())
    }

    fn process(&mut self, event: QueuedEvent) {
        match event {
            QueuedEvent::Step(step) => self.step(step),
            QueuedEvent::Arrival(request, homeward) => self.arrive(request, homeward),
            QueuedEvent::Return(request, answer) => self.come_back(request, answer),
            QueuedEvent::ToPage(page, event) => self.reach(page, event),
        }
    }

    /// Something reaches a page now, or when it can take it.
    fn reach(&mut self, page: PageId, event: PageEvent) {
        if !self.pages[page].alive {
            return;
        }
        if self.clocks.is_asleep() || self.pages[page].is_frozen(self.now) {
            self.pages[page].inbox.push(event);
            return;
        }
        self.page_watches(page);
        match event {
            PageEvent::Timer { arming, due } => self.timer(page, arming, due),
            PageEvent::PollTimer { arming, due } => self.poll_timer(page, arming, due),
            PageEvent::GiveUp { request, due } => self.give_up(page, request, due),
            PageEvent::Answer(request, answer) => self.answer(page, request, answer),
            PageEvent::News => self.feed(page, |stored| Event::RecordChanged { stored }),
            PageEvent::Woke => self.feed(page, |stored| Event::Woke { stored }),
            PageEvent::LockGranted => self.feed(page, |stored| Event::LockGranted { stored }),
            PageEvent::LockBusy(holder) => self.feed(page, |_| Event::LockBusy { holder: Some(holder) }),
            PageEvent::OnlineChanged => {
                let online = self.is_online();
                self.feed(page, |_| Event::OnlineChanged(online));
            }
            PageEvent::FalseAlarm => self.feed(page, |_| Event::OnlineChanged(false)),
            PageEvent::Probed(ticket) => {
                let reached = self.is_online();
                self.feed(page, |_| Event::ProbeFinished { ticket, reached });
            }
            PageEvent::LockWait(wait) => self.ask_for_lock(page, *wait),
            PageEvent::SignInAgain => self.try_to_sign_in(page),
        }
    }

    /// A page gets an event, and may read the clocks.
    pub fn page_watches(&mut self, page: PageId) {
        self.pages[page].gets_event(self.now);
        self.checks.is_watched = true;
    }

    pub fn is_online(&self) -> bool {
        self.now >= self.offline_until
    }

    pub fn read_storage(&self) -> Stored {
        self.record.as_ref().map_or(Stored::Absent, |record| Stored::Present(Box::new(record.clone())))
    }

    pub fn after(&mut self, millis: u64, event: QueuedEvent) {
        self.queue.push(self.now + millis, event);
    }

    pub fn tell(&mut self, page: PageId, millis: u64, event: PageEvent) {
        self.after(millis, QueuedEvent::ToPage(page, event));
    }

    pub fn any_tab(&mut self) -> TabId {
        usize::try_from(self.random.draw() % self.tabs.len() as u64).expect("few")
    }

    pub fn live_pages(&self) -> impl Iterator<Item = PageId> + use<> {
        self.tabs.clone().into_iter().flatten()
    }

    /// A new page, in a tab that has none.
    pub fn open(&mut self, tab: TabId) {
        if self.tabs[tab].is_some() {
            return;
        }
        let mut machine = SessionMachine::new(RefreshPolicy::default(), self.setup.kind, self.random.draw());
        if let Some(Mutant::Without(rule)) = self.mutant {
            machine.switch_off(rule);
        }
        let visible = self.random.chance(65);
        let id = self.pages.len();
        self.pages.push(Page::new(tab, machine, visible, self.now, &self.clocks));
        self.tabs[tab] = Some(id);
        self.restart_server_pause();
        self.trace.page(self.now, id, || format!("opens in tab {tab}, {}", if visible { "visible" } else { "hidden" }));
        let online = self.is_online();
        self.feed(id, |stored| Event::Started { stored, online });
        let first_poll = self.random.between(0, 2_000);
        self.arm_poll(id, first_poll);
    }

    /// The page is gone; what it has sent is still on its way.
    pub fn close(&mut self, tab: TabId) {
        let Some(page) = self.tabs[tab].take() else { return };
        self.pages[page].alive = false;
        self.lock.page_is_gone(page);
        for request in self.requests.iter_mut().filter(|request| request.page == page) {
            if request.open {
                request.dropped = Some(self.now);
            }
            request.open = false;
        }
        self.trace.page(self.now, page, || "is gone".to_owned());
    }

    /// Hands on what has come meanwhile, in any order.
    pub fn hand_on_inbox(&mut self, page: PageId) {
        if self.clocks.is_asleep() || self.pages[page].is_frozen(self.now) {
            return;
        }
        self.pages[page].awake(self.now);
        self.restart_server_pause();
        for event in std::mem::take(&mut self.pages[page].inbox) {
            let delay = self.random.between(0, 30);
            self.tell(page, delay, event);
        }
    }

    pub fn open_refreshes(&self) -> impl Iterator<Item = (RequestId, &Request)> {
        let refreshing =
            |(_, request): &(RequestId, &Request)| request.open && matches!(request.purpose, Purpose::Refresh { .. });
        // Older ones have ended long ago: nothing takes longer than a freeze and the way back.
        self.requests.iter().enumerate().rev().take(400).filter(refreshing)
    }

    /// A request is on its way out.
    pub fn launch(&mut self, page: PageId, purpose: Purpose) -> RequestId {
        let request = self.requests.len();
        let cookies = if self.setup.kind == CredentialKind::SessionCookie { self.jar.clone() } else { Jar::default() };
        let sets = Vec::new();
        self.requests.push(Request {
            page,
            purpose,
            sent: self.now,
            open: true,
            dropped: None,
            owner: None,
            cookies,
            sets,
        });
        self.send(request);
        request
    }

    pub fn answer_page(&mut self, request: RequestId, millis: u64, answer: Answer) {
        self.after(millis, QueuedEvent::Return(request, answer));
    }

    /// The plan's trouble, or something like it, lasts until then.
    pub fn disturb(&mut self, until: Instant) {
        self.checks.disturbed_until = self.checks.disturbed_until.max(until);
    }

    pub fn plan_step(&mut self, at: Instant, step: Step) {
        self.queue.push(at, QueuedEvent::Step(step));
    }
}
