//! Carries out what the session machine decides. It decides nothing itself.

mod effects;
mod turn;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};
use std::time::Duration;

use gloo_timers::callback::Timeout;

use super::config::AuthConfig;
use super::slots::Slots;
use super::snapshot::Snapshot;
use crate::api::{ApiClient, RequestError};
use crate::browser::channel::Channel;
use crate::browser::lock::{Lock, LockGuard};
use crate::browser::page::{self, PageEvent, PageEvents};
use crate::browser::storage::SharedItem;
use crate::browser::{clock, crypto, timer};
use crate::session::{
    AccessToken, Authorization, Event, Generation, RefreshPolicy, SessionMachine, Stored, Ticket, User,
};

/// Nobody looks more often than this.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);

/// A timestamp is whole milliseconds, cut off: a timer on the spot would be early, and be set again and again.
const RESOLUTION: Duration = Duration::from_millis(1);

/// One page's session: the machine, and the browser around it.
pub(super) struct Driver {
    machine: RefCell<SessionMachine>,
    pub(super) api: ApiClient,
    policy: RefreshPolicy,
    name: String,
    record: SharedItem,
    lock: Lock,
    guard: RefCell<Option<LockGuard>>,
    channel: RefCell<Option<Channel>>,
    page_events: RefCell<Option<PageEvents>>,
    wake_up: RefCell<Option<Timeout>>,
    /// Events that came while another was being handled.
    inbox: RefCell<VecDeque<Event>>,
    is_handling: Cell<bool>,
    refresh_in_flight: Cell<Option<Ticket>>,
    intervals: Slots<Duration>,
    watchers: Slots<Rc<dyn Fn()>>,
    waiting: RefCell<Vec<Waker>>,
    /// Counts the events: whoever waits for a change compares it.
    epoch: Cell<u64>,
    snapshot: RefCell<Rc<Snapshot>>,
}

impl Driver {
    /// Reads what is stored, and begins to listen. The session is known when this returns.
    pub(super) fn start(config: &AuthConfig) -> Rc<Self> {
        let machine = SessionMachine::new(config.policy(), crypto::random_seed());
        let name = config.name().to_owned();
        let driver = Rc::new(Self {
            snapshot: RefCell::new(Rc::new(Snapshot::of(&machine))),
            machine: RefCell::new(machine),
            api: config.api(),
            policy: config.policy(),
            record: SharedItem::new(format!("{name}.session")),
            lock: Lock::new(format!("{name}.refresh")),
            name,
            guard: RefCell::default(),
            channel: RefCell::default(),
            page_events: RefCell::default(),
            wake_up: RefCell::default(),
            inbox: RefCell::default(),
            is_handling: Cell::default(),
            refresh_in_flight: Cell::default(),
            intervals: Slots::default(),
            watchers: Slots::default(),
            waiting: RefCell::default(),
            epoch: Cell::default(),
        });
        driver.listen();
        driver.handle(Event::Started { stored: driver.stored(), online: page::is_online() });
        driver
    }

    /// Stops to listen. Requests under way end without an effect.
    pub(super) fn stop(&self) {
        self.page_events.take();
        self.channel.take();
        self.wake_up.take();
        self.watchers.take();
        self.guard.take();
    }

    pub(super) fn snapshot(&self) -> Rc<Snapshot> {
        Rc::clone(&self.snapshot.borrow())
    }

    /// Who is signed in.
    pub(super) fn user_id(&self) -> Option<String> {
        self.snapshot.borrow().state.session().map(|session| session.user.id.clone())
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Calls `on_change` after each change of the snapshot, until the handle is dropped.
    pub(super) fn watch(self: &Rc<Self>, on_change: impl Fn() + 'static) -> Registration {
        let key = self.watchers.reserve();
        self.watchers.put(key, Rc::new(on_change));
        Registration { driver: Rc::downgrade(self), key }
    }

    /// Looks at the clock and at what is stored at least every `interval`, until the handle is dropped.
    pub(super) fn look_every(self: &Rc<Self>, interval: Duration) -> Registration {
        let key = self.watchers.reserve();
        self.intervals.put(key, interval.max(SHORTEST_INTERVAL));
        self.set_wake_up();
        Registration { driver: Rc::downgrade(self), key }
    }

    pub(super) fn sign_out(self: &Rc<Self>) {
        self.handle(Event::SignOutRequested { stored: self.stored() });
    }

    pub(super) fn refresh(self: &Rc<Self>) {
        self.handle(Event::RefreshRequested);
    }

    pub(super) fn change_user(self: &Rc<Self>, user: User) {
        self.handle(Event::UserChanged { user: Box::new(user), stored: self.stored() });
    }

    /// Somebody is at the page.
    pub(super) fn note_activity(self: &Rc<Self>) {
        if self.policy.idle_limit.is_some() {
            self.handle(Event::Active);
        }
    }

    /// The API has refused the token of this generation.
    pub(super) fn reject(self: &Rc<Self>, generation: Generation) {
        self.handle(Event::AccessTokenRejected(generation));
    }

    /// What a request may carry now; waits for a refresh that is under way, or due.
    pub(super) async fn authorize(self: &Rc<Self>) -> Result<(Option<AccessToken>, Generation), RequestError> {
        // A channel may be deaf, and a timer late: what is stored is looked at for each request.
        self.look();
        loop {
            let authorization = self.machine.borrow().authorization(clock::now());
            match authorization {
                Authorization::Ready { access, generation } => return Ok((access, generation)),
                Authorization::Unavailable(cause) => return Err(cause.into()),
                Authorization::Unauthenticated(reason) => return Err(RequestError::SignedOut(reason)),
                Authorization::Pending => self.next_change().await,
            }
        }
    }

    async fn next_change(&self) {
        let epoch = self.epoch.get();
        poll_fn(|context| {
            if self.epoch.get() != epoch {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn listen(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let on_change = move || {
            if let Some(driver) = weak.upgrade() {
                driver.look();
            }
        };
        self.channel.replace(Some(Channel::open(&self.name, self.record.key(), on_change)));
        let weak = Rc::downgrade(self);
        let on_event = move |event| {
            let Some(driver) = weak.upgrade() else { return };
            match event {
                PageEvent::Woke => driver.handle(Event::Woke { stored: driver.stored() }),
                PageEvent::Online => driver.handle(Event::OnlineChanged(true)),
                PageEvent::Offline => driver.handle(Event::OnlineChanged(false)),
                PageEvent::Input => driver.note_activity(),
                PageEvent::Hidden => {}
            }
        };
        self.page_events.replace(Some(PageEvents::listen(on_event)));
    }

    /// Handles an event, and those that come of it, in their order.
    fn handle(self: &Rc<Self>, event: Event) {
        self.inbox.borrow_mut().push_back(event);
        if self.is_handling.replace(true) {
            return;
        }
        while let Some(event) = self.next_event() {
            self.machine.borrow_mut().handle_event(event, clock::now());
            self.carry_out();
        }
        self.is_handling.set(false);
        self.settle();
    }

    /// Looks at the clock and at what is stored.
    fn look(self: &Rc<Self>) {
        self.handle(Event::RecordChanged { stored: self.stored() });
    }

    fn next_event(&self) -> Option<Event> {
        self.inbox.borrow_mut().pop_front()
    }

    fn stored(&self) -> Stored {
        match self.record.read() {
            Ok(Some(text)) => Stored::from_json(&text),
            Ok(None) => Stored::Absent,
            Err(_) => Stored::Unavailable,
        }
    }

    /// Lets everybody know, and sets the alarm.
    fn settle(self: &Rc<Self>) {
        self.epoch.set(self.epoch.get() + 1);
        self.set_wake_up();
        for waker in self.waiting.take() {
            waker.wake();
        }
        if !self.snapshot.borrow().shows(&self.machine.borrow()) {
            let snapshot = Rc::new(Snapshot::of(&self.machine.borrow()));
            self.snapshot.replace(snapshot);
            for watcher in self.watchers.map(Rc::clone) {
                watcher();
            }
        }
    }

    fn set_wake_up(self: &Rc<Self>) {
        let now = clock::wall();
        let due = self.machine.borrow().poll_timeout().map(|at| at.duration_since(now) + RESOLUTION);
        let interval = self.intervals.map(Duration::clone).into_iter().min();
        let delay = [due, interval].into_iter().flatten().min();
        let weak = Rc::downgrade(self);
        let wake_up = delay.map(|delay| {
            timer::after(delay, move || {
                if let Some(driver) = weak.upgrade() {
                    driver.look();
                }
            })
        });
        self.wake_up.replace(wake_up);
    }
}

/// Two drivers are alike when they are one.
impl PartialEq for Driver {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Ends what it stands for when it is dropped.
#[must_use]
pub(super) struct Registration {
    driver: Weak<Driver>,
    key: u64,
}

impl Drop for Registration {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.upgrade() {
            drop(driver.watchers.remove(self.key));
            driver.intervals.remove(self.key);
        }
    }
}
