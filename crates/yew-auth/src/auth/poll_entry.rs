//! One thing that is polled: its data, its schedule and those who look at it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use gloo_net::http::Method;
use gloo_timers::callback::Timeout;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::authorized_client::send;
use super::driver::{Driver, Patience, Registration};
use super::slots::Slots;
use crate::api::{ApiPath, ApiRequest, RequestError, json};
use crate::browser::page::{self, PageEvent, PageEvents};
use crate::browser::{clock, crypto, timer};
use yew_auth_session::{Connection, PollOutcome, PollSchedule, Timestamp};

/// What is known of the polled data.
#[derive(Debug)]
pub(super) struct PollState<T> {
    pub(super) data: Option<Rc<T>>,
    pub(super) error: Option<Rc<RequestError>>,
    pub(super) is_validating: bool,
    pub(super) updated_at: Option<Timestamp>,
}

/// Polls one path for all components that want it.
pub(super) struct PollEntry<T> {
    driver: Rc<Driver>,
    /// Whose data it is. Nobody else's token may bring it.
    user: Option<String>,
    path: String,
    schedule: RefCell<PollSchedule>,
    state: RefCell<Rc<PollState<T>>>,
    etag: RefCell<Option<String>>,
    subscribers: Slots<(Duration, Callback<()>)>,
    timer: RefCell<Option<Timeout>>,
    was_degraded: Cell<bool>,
    listeners: RefCell<Option<(PageEvents, Registration)>>,
}

impl<T: DeserializeOwned + PartialEq + 'static> PollEntry<T> {
    pub(super) fn new(driver: &Rc<Driver>, user: Option<&str>, path: &str) -> Rc<Self> {
        Rc::new(Self {
            driver: Rc::clone(driver),
            user: user.map(str::to_owned),
            path: path.to_owned(),
            schedule: RefCell::new(PollSchedule::new(Duration::MAX, crypto::random_seed())),
            state: RefCell::default(),
            etag: RefCell::default(),
            subscribers: Slots::default(),
            timer: RefCell::default(),
            was_degraded: Cell::default(),
            listeners: RefCell::default(),
        })
    }

    pub(super) fn state(&self) -> Rc<PollState<T>> {
        Rc::clone(&self.state.borrow())
    }

    /// Keeps the data current while the subscription lives, and calls `on_change` after each change.
    pub(super) fn subscribe(self: &Rc<Self>, interval: Duration, on_change: Callback<()>) -> Subscription<T> {
        let key = self.subscribers.add((interval, on_change));
        if self.listeners.borrow().is_none() {
            self.listeners.replace(Some(self.listen()));
        }
        self.update_interval();
        self.update();
        Subscription { entry: Rc::downgrade(self), key }
    }

    /// Polls now, or right after the poll that is under way.
    pub(super) fn revalidate(self: &Rc<Self>) {
        self.schedule.borrow_mut().revalidate();
        self.update();
    }

    fn unsubscribe(self: &Rc<Self>, key: u64) {
        drop(self.subscribers.remove(key));
        if self.subscribers.is_empty() {
            self.listeners.take();
        } else {
            self.update_interval();
        }
        self.update();
    }

    fn listen(self: &Rc<Self>) -> (PageEvents, Registration) {
        let weak = Rc::downgrade(self);
        let on_page_event = move |event: PageEvent| {
            if let (Some(entry), false) = (weak.upgrade(), event == PageEvent::Input) {
                entry.update();
            }
        };
        let weak = Rc::downgrade(self);
        let on_session_change = move || {
            if let Some(entry) = weak.upgrade() {
                entry.session_changed();
            }
        };
        self.was_degraded.set(self.driver.snapshot().connection != Connection::Good);
        (PageEvents::listen(Rc::new(on_page_event)), self.driver.watch(on_session_change))
    }

    /// What kept the session from being renewed may have kept the poll from its data.
    fn session_changed(self: &Rc<Self>) {
        let is_degraded = self.driver.snapshot().connection != Connection::Good;
        if self.was_degraded.replace(is_degraded) && !is_degraded {
            self.schedule.borrow_mut().revalidate();
        }
        self.update();
    }

    fn update_interval(&self) {
        let shortest = self.subscribers.map(|(interval, _)| *interval).into_iter().min();
        if let Some(interval) = shortest {
            self.schedule.borrow_mut().set_interval(interval, clock::now().monotonic);
        }
    }

    fn is_wanted(&self) -> bool {
        let is_theirs = self.user.is_some() && self.user == self.driver.user_id();
        is_theirs && !self.subscribers.is_empty() && page::is_visible() && page::is_online()
    }

    /// Starts a poll that is due, or sets the timer for the next one.
    fn update(self: &Rc<Self>) {
        self.timer.take();
        let now = clock::now().monotonic;
        self.schedule.borrow_mut().set_wanted(self.is_wanted());
        if self.schedule.borrow_mut().start(now) {
            self.change(|state| state.is_validating = true);
            let entry = Rc::clone(self);
            spawn_local(async move { entry.poll().await });
        } else if let Some(delay) = self.schedule.borrow().delay(now) {
            let weak = Rc::downgrade(self);
            let on_due = move || {
                if let Some(entry) = weak.upgrade() {
                    entry.update();
                }
            };
            self.timer.replace(Some(timer::after(delay, on_due)));
        }
    }

    async fn poll(self: Rc<Self>) {
        let result = self.fetch().await;
        let outcome = match &result {
            Ok(_) => PollOutcome::Fresh,
            Err(error) => PollOutcome::Failed(error.retry_after()),
        };
        self.schedule.borrow_mut().finish(outcome, clock::now().monotonic);
        self.change(|state| {
            state.is_validating = false;
            match result {
                Ok(new) => {
                    if new.is_some() {
                        state.data = new;
                    }
                    state.error = None;
                    state.updated_at = Some(clock::wall());
                }
                // The session has ended meanwhile: that is no fault of the data, and the poll rests.
                Err(RequestError::SignedOut(_)) => {}
                Err(error) => state.error = Some(Rc::new(error)),
            }
        });
        self.update();
    }

    /// The data, unless it is what it was.
    async fn fetch(&self) -> Result<Option<Rc<T>>, RequestError> {
        let request = ApiRequest {
            method: Method::GET,
            path: ApiPath::new(&self.path)?,
            json: None,
            if_none_match: self.etag.borrow().clone(),
        };
        let response = send(&self.driver, request, Patience::Short).await?;
        if response.status == 304 {
            return Ok(None);
        }
        let data: T = json(&response)?;
        self.etag.replace(response.etag);
        let is_same = self.state.borrow().data.as_deref() == Some(&data);
        Ok((!is_same).then(|| Rc::new(data)))
    }

    fn change(&self, change: impl FnOnce(&mut PollState<T>)) {
        let mut state = PollState::clone(&self.state.borrow());
        change(&mut state);
        self.state.replace(Rc::new(state));
        for callback in self.subscribers.map(|(_, callback)| callback.clone()) {
            callback.emit(());
        }
    }
}

/// Ends the subscription when it is dropped.
#[must_use]
pub(super) struct Subscription<T: DeserializeOwned + PartialEq + 'static> {
    entry: Weak<PollEntry<T>>,
    key: u64,
}

impl<T: DeserializeOwned + PartialEq + 'static> Drop for Subscription<T> {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.upgrade() {
            entry.unsubscribe(self.key);
        }
    }
}

// Derived, these would ask for `T: Clone` and `T: Default`.
impl<T> Clone for PollState<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            error: self.error.clone(),
            is_validating: self.is_validating,
            updated_at: self.updated_at,
        }
    }
}

impl<T> Default for PollState<T> {
    fn default() -> Self {
        Self { data: None, error: None, is_validating: false, updated_at: None }
    }
}
