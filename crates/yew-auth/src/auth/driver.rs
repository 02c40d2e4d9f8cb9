//! Carries out what the session machine decides. It decides nothing itself.

mod authorize;
mod effects;
#[cfg(feature = "inspector")]
mod inspection;
mod turn;
mod want;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

use gloo_timers::callback::Timeout;

use super::config::AuthConfig;
use super::slots::Slots;
use super::snapshot::Snapshot;
use crate::api::ApiClient;
use crate::browser::channel::Channel;
use crate::browser::lock::{Lock, LockGuard};
use crate::browser::page::{self, PageEvent, PageEvents};
use crate::browser::storage::SharedItem;
use crate::browser::{clock, crypto, timer};
pub(super) use authorize::Patience;
pub(super) use want::Registration;
use want::Want;
use yew_auth_session::{Event, Generation, PlannedEnd, RefreshPolicy, SessionMachine, Stored, Ticket, Timestamp, User};
#[cfg(feature = "inspector")]
use yew_auth_session::{EventKind, Journal};

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
    wants: Slots<Want>,
    waiting: RefCell<Vec<Waker>>,
    /// Counts the events: whoever waits for a change compares it.
    epoch: Cell<u64>,
    snapshot: RefCell<Rc<Snapshot>>,
    #[cfg(feature = "inspector")]
    journal: RefCell<Journal>,
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
            record: SharedItem::new(name.clone() + ".session"),
            lock: Lock::new(name.clone() + ".refresh"),
            name,
            guard: RefCell::default(),
            channel: RefCell::default(),
            page_events: RefCell::default(),
            wake_up: RefCell::default(),
            inbox: RefCell::default(),
            is_handling: Cell::default(),
            refresh_in_flight: Cell::default(),
            wants: Slots::default(),
            waiting: RefCell::default(),
            epoch: Cell::default(),
            #[cfg(feature = "inspector")]
            journal: RefCell::default(),
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
        self.guard.take();
        self.wants.take();
        self.wake_waiting();
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
        self.register(Want::Changes(Rc::new(on_change)))
    }

    /// Calls `on_event` after each event, whatever has come of it, until the handle is dropped.
    pub(super) fn observe(self: &Rc<Self>, on_event: impl Fn() + 'static) -> Registration {
        self.register(Want::Events(Rc::new(on_event)))
    }

    /// The next end of the session that no refresh can put off, and when to warn of it.
    pub(super) fn planned_end(&self, warn_before: Duration) -> Option<(PlannedEnd, Timestamp)> {
        let end = self.machine.borrow().planned_end()?;
        Some((end, end.warn_at(warn_before, self.policy.idle_limit)))
    }

    /// Looks at the clock and at what is stored at least every `interval`, until the handle is dropped.
    pub(super) fn look_every(self: &Rc<Self>, interval: Duration) -> Registration {
        let registration = self.register(Want::Looks(interval.max(SHORTEST_INTERVAL)));
        self.set_wake_up();
        registration
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
        self.page_events.replace(Some(PageEvents::listen(Rc::new(on_event))));
    }

    /// Handles an event, and those that come of it, in their order.
    fn handle(self: &Rc<Self>, event: Event) {
        self.inbox.borrow_mut().push_back(event);
        if self.is_handling.replace(true) {
            return;
        }
        while let Some(event) = self.next_event() {
            let now = clock::now();
            #[cfg(feature = "inspector")]
            let cue = EventKind::from(&event);
            self.machine.borrow_mut().handle_event(event, now);
            #[cfg(feature = "inspector")]
            self.journal.borrow_mut().note(cue, &self.machine.borrow(), now);
            self.carry_out();
        }
        self.is_handling.set(false);
        self.settle();
    }

    /// Looks at the clock and at what is stored.
    pub(super) fn look(self: &Rc<Self>) {
        self.handle(Event::RecordChanged { stored: self.stored() });
    }

    fn next_event(&self) -> Option<Event> {
        self.inbox.borrow_mut().pop_front()
    }

    fn stored(&self) -> Stored {
        match self.record.read() {
            Ok(Some(text)) => Stored::classify(serde_json::from_str(&text), || serde_json::from_str(&text)),
            Ok(None) => Stored::Absent,
            Err(_) => Stored::Unavailable,
        }
    }

    /// Lets everybody know, and sets the alarm.
    fn settle(self: &Rc<Self>) {
        self.set_wake_up();
        self.wake_waiting();
        if !self.snapshot.borrow().shows(&self.machine.borrow()) {
            let snapshot = Rc::new(Snapshot::of(&self.machine.borrow()));
            self.snapshot.replace(snapshot);
            self.call_all(Want::on_change);
        }
        self.call_all(Want::on_event);
    }

    fn set_wake_up(self: &Rc<Self>) {
        let now = clock::wall();
        let due = self.machine.borrow().poll_timeout().map(|at| at.duration_since(now) + RESOLUTION);
        let interval = self.wants.map(Want::interval).into_iter().flatten().min();
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
