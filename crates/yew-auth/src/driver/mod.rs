//! Carries out what the session machine decides, and makes no decisions of its own.

mod authorize;
mod effects;
mod exclusive;
#[cfg(feature = "inspector")]
mod inspection;
mod interest;
mod listen;
mod prefetch;
mod send;
mod snapshot;
mod steady_refusals;
mod user;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;

use crate::browser::channel::Channel;
use crate::browser::lock::{Lock, LockGuard};
use crate::browser::page::{self, PageEvents};
use crate::browser::storage::SharedItem;
use crate::browser::{clock, crypto, location, timer};
use crate::client::ApiClient;
use crate::config::AuthConfig;
use crate::json;
use crate::slots::Slots;
pub(crate) use authorize::OnSessionEnd;
use interest::Interest;
pub(crate) use interest::Subscription;
pub(crate) use prefetch::PrefetchOutcome;
pub(crate) use snapshot::Snapshot;
use steady_refusals::SteadyRefusals;
use yew_auth_session::{Event, PlannedEnd, RefreshPolicy, SessionId, SessionMachine, Stored, Ticket, Timestamp};
#[cfg(feature = "inspector")]
use yew_auth_session::{EventKind, Journal};

/// Timestamps are whole milliseconds, rounded down. A timer for the exact time would fire early and be set again.
const RESOLUTION: Duration = Duration::from_millis(1);

/// The session of one page: the machine, and the browser around it.
pub(crate) struct Driver {
    machine: RefCell<SessionMachine>,
    pub(crate) api: ApiClient,
    policy: RefreshPolicy,
    name: String,
    callback_path: Option<Rc<str>>,
    record: SharedItem,
    prefetch: SharedItem,
    user_read: SharedItem,
    /// What the last sign-in has left at a provider.
    pub(crate) provider_session: SharedItem,
    lock: Lock,
    guard: RefCell<Option<LockGuard>>,
    channel: RefCell<Option<Channel>>,
    page_events: RefCell<Option<PageEvents>>,
    /// Waits for somebody to open a page that the browser has prepared.
    opening: RefCell<Option<EventListener>>,
    has_begun: Cell<bool>,
    wake_up: RefCell<Option<Timeout>>,
    /// Reads the record once more, after the page has woken.
    second_read: RefCell<Option<Timeout>>,
    /// Events that arrived while another one was being handled.
    inbox: RefCell<VecDeque<Event>>,
    is_handling: Cell<bool>,
    refresh_in_flight: Cell<Option<Ticket>>,
    steady_refusals: SteadyRefusals,
    interests: Slots<Interest>,
    waiting: RefCell<Vec<Waker>>,
    /// Counts handled events. A future that waits for a change compares it.
    epoch: Cell<u64>,
    snapshot: RefCell<Rc<Snapshot>>,
    #[cfg(feature = "inspector")]
    journal: RefCell<Journal>,
    #[cfg(feature = "inspector")]
    prefetch_outcome: Cell<Option<PrefetchOutcome>>,
}

impl Driver {
    /// Reads the stored record and starts to listen. The session is known when this returns, unless the browser only
    /// prepares the page (prerendering): until somebody opens it, it asks nothing of the backend or of the other tabs.
    pub(crate) fn start(config: &AuthConfig) -> Rc<Self> {
        let api = config.api();
        let machine = SessionMachine::new(config.policy(), api.transport.kind(), crypto::random_seed());
        let name = config.name().to_owned();
        let driver = Rc::new(Self {
            snapshot: RefCell::new(Rc::new(Snapshot::of(&machine))),
            machine: RefCell::new(machine),
            api,
            policy: config.policy(),
            record: SharedItem::new(name.clone() + ".session"),
            prefetch: SharedItem::new(name.clone() + ".prefetch"),
            user_read: SharedItem::new(name.clone() + ".user-read"),
            provider_session: SharedItem::new(name.clone() + ".provider"),
            lock: Lock::new(name.clone() + ".refresh"),
            name,
            callback_path: config.callback_path(),
            guard: RefCell::default(),
            channel: RefCell::default(),
            page_events: RefCell::default(),
            opening: RefCell::default(),
            has_begun: Cell::default(),
            wake_up: RefCell::default(),
            second_read: RefCell::default(),
            inbox: RefCell::default(),
            is_handling: Cell::default(),
            refresh_in_flight: Cell::default(),
            steady_refusals: SteadyRefusals::default(),
            interests: Slots::default(),
            waiting: RefCell::default(),
            epoch: Cell::default(),
            #[cfg(feature = "inspector")]
            journal: RefCell::default(),
            #[cfg(feature = "inspector")]
            prefetch_outcome: Cell::default(),
        });
        if page::is_prerendering() {
            let weak = Rc::downgrade(&driver);
            let begin = move || weak.upgrade().into_iter().for_each(|driver| driver.begin());
            driver.opening.replace(page::when_opened(begin));
        } else {
            driver.begin();
        }
        driver
    }

    fn begin(self: &Rc<Self>) {
        self.has_begun.set(true);
        self.listen();
        self.handle(Event::Started { stored: self.stored(), online: page::is_online() });
        self.reload_user_if_old();
    }

    /// Stops listening. Requests in flight end without an effect.
    pub(crate) fn stop(&self) {
        self.opening.take();
        self.page_events.take();
        self.channel.take();
        self.wake_up.take();
        self.second_read.take();
        self.guard.take();
        self.notify(Interest::change_listener);
        self.interests.take();
        self.wake_waiting();
    }

    /// Whether it has begun, and has not been stopped.
    pub(crate) fn is_running(&self) -> bool {
        self.channel.borrow().is_some()
    }

    pub(crate) fn snapshot(&self) -> Rc<Snapshot> {
        Rc::clone(&self.snapshot.borrow())
    }

    /// The id of the signed-in user.
    pub(crate) fn user_id(&self) -> Option<String> {
        self.snapshot.borrow().user_id().map(str::to_owned)
    }

    /// The session that the page shows, if its cookies are named after it. Every request names it.
    pub(crate) fn session_id(&self) -> Option<SessionId> {
        self.machine.borrow().session_id().cloned()
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Below which path identity providers send the user back.
    pub(crate) fn callback_path(&self) -> String {
        match &self.callback_path {
            Some(path) => path.to_string(),
            None => location::base_path() + "auth/callback/",
        }
    }

    /// The next end of the session that no refresh can prevent, and when to warn of it.
    pub(crate) fn planned_end(&self, warn_before: Duration) -> Option<(PlannedEnd, Timestamp)> {
        let end = self.machine.borrow().planned_end()?;
        Some((end, end.warn_at(warn_before, self.policy.idle_limit)))
    }

    /// Compares the clock and the stored record with what is known.
    pub(crate) fn sync(self: &Rc<Self>) {
        if !self.has_begun.get() {
            return;
        }
        self.handle(Event::RecordChanged { stored: self.stored() });
    }

    pub(crate) fn refresh(self: &Rc<Self>) {
        self.handle(Event::RefreshRequested);
    }

    /// Notes that the user is active, which postpones the idle limit.
    pub(crate) fn note_activity(self: &Rc<Self>) {
        if self.policy.idle_limit.is_some() {
            self.handle(Event::Active);
        }
    }

    /// Handles an event and the events that follow from it, in order.
    fn handle(self: &Rc<Self>, event: Event) {
        self.inbox.borrow_mut().push_back(event);
        if self.is_handling.replace(true) {
            return;
        }
        while let Some(event) = self.next_event() {
            let now = clock::now();
            #[cfg(feature = "inspector")]
            let kind = EventKind::from(&event);
            self.machine.borrow_mut().handle_event(event, now);
            #[cfg(feature = "inspector")]
            self.journal.borrow_mut().note(kind, &self.machine.borrow(), now);
            self.carry_out();
        }
        self.is_handling.set(false);
        self.settle();
    }

    fn next_event(&self) -> Option<Event> {
        self.inbox.borrow_mut().pop_front()
    }

    fn stored(&self) -> Stored {
        match self.record.read() {
            Ok(Some(text)) => Stored::classify(json::read(&text), || json::read(&text)),
            Ok(None) => Stored::Absent,
            Err(_) => Stored::Unavailable,
        }
    }

    /// Publishes the new state and sets the timer for what is due next.
    fn settle(self: &Rc<Self>) {
        self.set_wake_up();
        self.wake_waiting();
        if !self.snapshot.borrow().is_current(&self.machine.borrow()) {
            let snapshot = Rc::new(Snapshot::of(&self.machine.borrow()));
            self.snapshot.replace(snapshot);
            self.notify(Interest::change_listener);
        }
        self.notify(Interest::event_listener);
    }

    fn set_wake_up(self: &Rc<Self>) {
        let now = clock::wall();
        let due = self.machine.borrow().poll_timeout().map(|at| at.duration_since(now) + RESOLUTION);
        let interval = self.interests.map(Interest::sync_interval).into_iter().flatten().min();
        let delay = [due, interval].into_iter().flatten().min();
        let weak = Rc::downgrade(self);
        let wake_up = delay.map(|delay| {
            timer::after(delay, move || {
                if let Some(driver) = weak.upgrade() {
                    driver.sync();
                }
            })
        });
        self.wake_up.replace(wake_up);
    }
}

/// Compares by identity: each driver is a session of its own.
impl PartialEq for Driver {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}
