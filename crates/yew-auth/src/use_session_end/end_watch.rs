//! Waits for the time to warn of the session's end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use yew::Callback;

use crate::browser::{clock, timer};
use crate::driver::{Driver, Subscription};
use yew_auth_session::{PlannedEnd, Timestamp};

/// Timestamps are whole milliseconds, rounded down. A timer for the exact time would fire early.
const RESOLUTION: Duration = Duration::from_millis(1);

/// Reports the session's end while it is near. Uses one timer.
pub(super) struct EndWatch {
    driver: Rc<Driver>,
    warn_before: Duration,
    report: Callback<Option<PlannedEnd>>,
    reported: Cell<Option<PlannedEnd>>,
    dismissed: Cell<Option<PlannedEnd>>,
    timer: RefCell<Option<(Timestamp, Timeout)>>,
    events: RefCell<Option<Subscription>>,
}

impl EndWatch {
    pub(super) fn new(driver: &Rc<Driver>, warn_before: Duration, report: Callback<Option<PlannedEnd>>) -> Self {
        Self {
            driver: Rc::clone(driver),
            warn_before,
            report,
            reported: Cell::default(),
            dismissed: Cell::default(),
            timer: RefCell::default(),
            events: RefCell::default(),
        }
    }

    pub(super) fn start(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let on_event = move || {
            if let Some(watch) = weak.upgrade() {
                watch.update();
            }
        };
        self.events.replace(Some(self.driver.on_event(on_event)));
        self.update();
    }

    pub(super) fn stop(&self) {
        self.events.take();
        self.timer.take();
        self.report(None);
    }

    pub(super) fn stay_signed_in(&self) {
        self.driver.note_activity();
    }

    pub(super) fn dismiss(&self, end: PlannedEnd) {
        self.dismissed.set(Some(end));
        self.report(None);
    }

    fn update(self: &Rc<Self>) {
        let now = clock::wall();
        let end = match self.driver.planned_end(self.warn_before) {
            Some((end, warn_at)) if warn_at <= now => Some(end),
            Some((_, warn_at)) => {
                self.set_timer(warn_at, now);
                None
            }
            None => None,
        };
        let is_dismissed = |end: &PlannedEnd| self.dismissed.get().is_some_and(|dismissed| dismissed.is_same_as(end));
        self.report(end.filter(|end| !is_dismissed(end)));
    }

    /// Activity postpones the end often, so a timer that is set for an earlier time is kept: when it fires, the time is
    /// compared again. The sync then takes in the activity of other tabs before anybody is warned.
    fn set_timer(self: &Rc<Self>, warn_at: Timestamp, now: Timestamp) {
        let is_set = self.timer.borrow().as_ref().is_some_and(|(at, _)| now < *at && *at <= warn_at);
        if is_set {
            return;
        }
        let weak = Rc::downgrade(self);
        let on_due = move || {
            if let Some(watch) = weak.upgrade() {
                // A timer's longest delay may be shorter than the wait, so the same time may have to be set again.
                watch.timer.take();
                watch.driver.sync();
            }
        };
        self.timer.replace(Some((warn_at, timer::after(warn_at.duration_since(now) + RESOLUTION, on_due))));
    }

    fn report(&self, end: Option<PlannedEnd>) {
        let is_reported = match (self.reported.get(), end) {
            (Some(reported), Some(end)) => reported.is_same_as(&end),
            (reported, end) => reported == end,
        };
        if !is_reported {
            self.reported.set(end);
            self.report.emit(end);
        }
    }
}

/// Compares by identity.
impl PartialEq for EndWatch {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}
