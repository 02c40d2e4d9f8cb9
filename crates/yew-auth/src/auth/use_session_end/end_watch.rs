//! Waits for the moment to warn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use yew::Callback;

use crate::auth::driver::{Driver, Registration};
use crate::browser::{clock, timer};
use yew_auth_session::{PlannedEnd, Timestamp};

/// A timestamp is whole milliseconds, cut off: a timer on the spot would be early.
const RESOLUTION: Duration = Duration::from_millis(1);

/// Tells of the session's end while it is near. It has one timer.
pub(super) struct EndWatch {
    driver: Rc<Driver>,
    warn_before: Duration,
    tell: Callback<Option<PlannedEnd>>,
    told: Cell<Option<PlannedEnd>>,
    dismissed: Cell<Option<PlannedEnd>>,
    alarm: RefCell<Option<(Timestamp, Timeout)>>,
    observer: RefCell<Option<Registration>>,
}

impl EndWatch {
    pub(super) fn new(driver: &Rc<Driver>, warn_before: Duration, tell: Callback<Option<PlannedEnd>>) -> Rc<Self> {
        Rc::new(Self {
            driver: Rc::clone(driver),
            warn_before,
            tell,
            told: Cell::default(),
            dismissed: Cell::default(),
            alarm: RefCell::default(),
            observer: RefCell::default(),
        })
    }

    pub(super) fn start(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let on_event = move || {
            if let Some(watch) = weak.upgrade() {
                watch.look();
            }
        };
        self.observer.replace(Some(self.driver.observe(on_event)));
        self.look();
    }

    pub(super) fn stop(&self) {
        self.observer.take();
        self.alarm.take();
        self.tell(None);
    }

    pub(super) fn stay_signed_in(&self) {
        self.driver.note_activity();
    }

    pub(super) fn dismiss(&self, end: PlannedEnd) {
        self.dismissed.set(Some(end));
        self.tell(None);
    }

    fn look(self: &Rc<Self>) {
        let now = clock::wall();
        let end = match self.driver.planned_end(self.warn_before) {
            Some((end, warn_at)) if warn_at <= now => Some(end),
            Some((_, warn_at)) => {
                self.set_alarm(warn_at, now);
                None
            }
            None => None,
        };
        let is_dismissed = |end: &PlannedEnd| self.dismissed.get().is_some_and(|dismissed| dismissed.is_same_as(end));
        self.tell(end.filter(|end| !is_dismissed(end)));
    }

    /// An alarm that comes too early looks again, so activity, which moves the end on, does not move the alarm. What
    /// other tabs have done is looked at before anybody is warned.
    fn set_alarm(self: &Rc<Self>, warn_at: Timestamp, now: Timestamp) {
        let is_set = self.alarm.borrow().as_ref().is_some_and(|(at, _)| now < *at && *at <= warn_at);
        if is_set {
            return;
        }
        let weak = Rc::downgrade(self);
        let ring = move || {
            if let Some(watch) = weak.upgrade() {
                // A timer has a longest delay: it may have to be set once more for the same end.
                watch.alarm.take();
                watch.driver.look();
            }
        };
        self.alarm.replace(Some((warn_at, timer::after(warn_at.duration_since(now) + RESOLUTION, ring))));
    }

    fn tell(&self, end: Option<PlannedEnd>) {
        let is_told = match (self.told.get(), end) {
            (Some(told), Some(end)) => told.is_same_as(&end),
            (told, end) => told == end,
        };
        if !is_told {
            self.told.set(end);
            self.tell.emit(end);
        }
    }
}

/// Two are alike when they are one.
impl PartialEq for EndWatch {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}
