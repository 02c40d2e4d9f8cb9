//! One polled path: its data, its schedule and its subscribers.

mod prefetch;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use gloo_timers::callback::Timeout;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::state::PollState;
use crate::browser::page::{self, PageEvent, PageEvents};
use crate::browser::prefetch::Prefetch;
use crate::browser::{clock, crypto, timer};
use crate::client::{RequestError, json};
use crate::dialect::ApiRequest;
use crate::driver::{Driver, OnSessionEnd, Subscription};
use crate::slots::Slots;
use yew_auth_session::{Connection, Degradation, PollOutcome, PollSchedule};

/// How long the data of a path is kept after its last component is gone, so that going back shows it at once.
const KEPT_UNUSED: Duration = Duration::from_secs(300);

/// Polls one path for all components that subscribe to it. Without subscribers it rests, and keeps itself and its data
/// for five minutes, or until its user is signed out or the provider is gone.
pub(crate) struct PollEntry<T> {
    driver: Rc<Driver>,
    /// Whose data it is. It is never polled in the name of another user.
    user: Option<String>,
    path: String,
    schedule: RefCell<PollSchedule>,
    state: RefCell<Rc<PollState<T>>>,
    etag: RefCell<Option<String>>,
    /// The last answer. One that is the same is not read again.
    body: RefCell<Vec<u8>>,
    /// The first request, where a script in the page's head has sent it and it is still in flight.
    prefetch: RefCell<Option<Prefetch>>,
    /// When the answer to it arrived, on the monotonic clock, until that has counted as a poll.
    prefetched_at: Cell<Option<Duration>>,
    subscribers: Slots<(Duration, Callback<()>)>,
    next_poll: RefCell<Option<Timeout>>,
    /// Holds an `Rc` of this entry while it is unused.
    kept: RefCell<Option<Timeout>>,
    was_degraded: Cell<bool>,
    page_events: RefCell<Option<PageEvents>>,
    session_changes: RefCell<Option<Subscription>>,
}

impl<T: DeserializeOwned + PartialEq + 'static> PollEntry<T> {
    pub(super) fn new(driver: &Rc<Driver>, user: Option<&str>, path: &str) -> Rc<Self> {
        let entry = Rc::new(Self {
            driver: Rc::clone(driver),
            user: user.map(str::to_owned),
            path: path.to_owned(),
            schedule: RefCell::new(PollSchedule::new(Duration::MAX, crypto::random_seed())),
            state: RefCell::default(),
            etag: RefCell::default(),
            body: RefCell::default(),
            prefetch: RefCell::default(),
            prefetched_at: Cell::default(),
            subscribers: Slots::default(),
            next_poll: RefCell::default(),
            kept: RefCell::default(),
            was_degraded: Cell::default(),
            page_events: RefCell::default(),
            session_changes: RefCell::default(),
        });
        entry.take_prefetch();
        entry
    }

    pub(crate) fn state(&self) -> Rc<PollState<T>> {
        Rc::clone(&self.state.borrow())
    }

    /// Whether a poll is in flight, or starts as soon as the first component has subscribed.
    pub(crate) fn is_validating(&self) -> bool {
        let starts = self.subscribers.is_empty() && self.prefetched_at.get().is_none() && self.can_poll();
        starts || self.state.borrow().is_validating
    }

    /// Keeps the data current until the subscription is dropped, and calls `on_change` after each change.
    pub(crate) fn subscribe(self: &Rc<Self>, interval: Duration, on_change: Callback<()>) -> PollSubscription<T> {
        let key = self.subscribers.add((interval, on_change));
        self.kept.take();
        if self.page_events.borrow().is_none() {
            self.listen();
        }
        self.update_interval();
        self.update();
        PollSubscription { entry: Rc::downgrade(self), key }
    }

    /// Polls now, or right after the poll in flight.
    pub(crate) fn revalidate(self: &Rc<Self>) {
        self.schedule.borrow_mut().revalidate();
        self.update();
    }

    fn unsubscribe(self: &Rc<Self>, key: u64) {
        drop(self.subscribers.remove(key));
        if self.subscribers.is_empty() {
            self.page_events.take();
            self.keep_for_a_while();
        } else {
            self.update_interval();
        }
        self.update();
    }

    fn keep_for_a_while(self: &Rc<Self>) {
        let entry = Rc::clone(self);
        self.kept.replace(Some(timer::after(KEPT_UNUSED, move || entry.forget())));
        self.forget_if_not_theirs();
    }

    /// Nothing that one user has read stays when they are signed out.
    fn forget_if_not_theirs(&self) {
        if self.subscribers.is_empty() && !self.is_theirs() {
            self.forget();
        }
    }

    /// A handle of a component that is gone may still hold this entry, so its data goes explicitly.
    fn forget(&self) {
        self.kept.take();
        self.state.take();
        self.etag.take();
        self.body.take();
        self.prefetched_at.take();
        self.schedule.borrow_mut().forget();
    }

    fn listen(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let on_page_event = move |event: PageEvent| {
            if let (Some(entry), false) = (weak.upgrade(), event == PageEvent::Input) {
                entry.update();
            }
        };
        self.page_events.replace(Some(PageEvents::listen(Rc::new(on_page_event))));
        let weak = Rc::downgrade(self);
        let on_session_change = move || {
            if let Some(entry) = weak.upgrade() {
                entry.session_changed();
            }
        };
        self.was_degraded.set(self.driver.snapshot().connection != Connection::Good);
        self.session_changes.replace(Some(self.driver.on_change(on_session_change)));
    }

    fn session_changed(self: &Rc<Self>) {
        self.forget_if_not_theirs();
        // What kept the session from being refreshed may have kept the poll from its data.
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

    fn is_theirs(&self) -> bool {
        self.driver.is_running() && self.user.is_some() && self.user == self.driver.user_id()
    }

    fn can_poll(&self) -> bool {
        let is_offline = self.driver.snapshot().connection == Connection::Degraded(Degradation::Offline);
        self.is_theirs() && page::is_visible() && !is_offline
    }

    /// Starts a poll that is due, or sets the timer for the next one.
    fn update(self: &Rc<Self>) {
        self.next_poll.take();
        let now = clock::now().monotonic;
        self.schedule.borrow_mut().set_wanted(!self.subscribers.is_empty() && self.can_poll());
        if self.schedule.borrow_mut().start(now) {
            if let Some(at) = self.prefetched_at.take().filter(|at| now.saturating_sub(*at) <= prefetch::MAX_AGE) {
                self.schedule.borrow_mut().finish(PollOutcome::Fresh, at);
                return self.update();
            }
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
            self.next_poll.replace(Some(timer::after(delay, on_due)));
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
                // The session ended meanwhile. That is no error of the data, and the poll rests.
                Err(RequestError::SignedOut(_)) => {}
                Err(error) => state.error = Some(Rc::new(error)),
            }
        });
        self.forget_if_not_theirs();
        self.update();
    }

    /// The new data, or `None` if it has not changed.
    async fn fetch(&self) -> Result<Option<Rc<T>>, RequestError> {
        if let Some(data) = self.prefetched().await {
            return Ok(Some(data));
        }
        let mut request = ApiRequest::get(self.path.as_str());
        request.if_none_match = self.etag.borrow().clone();
        let response = self.driver.send(request, OnSessionEnd::Fail).await?;
        if response.status == 304 {
            return Ok(None);
        }
        let is_known = self.state.borrow().data.is_some() && *self.body.borrow() == response.body;
        if is_known {
            self.etag.replace(response.etag);
            return Ok(None);
        }
        let data: T = json(&response, &self.path)?;
        self.etag.replace(response.etag);
        self.body.replace(response.body);
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

/// Compares by identity.
impl<T> PartialEq for PollEntry<T> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Ends when it is dropped.
#[must_use]
pub(crate) struct PollSubscription<T: DeserializeOwned + PartialEq + 'static> {
    entry: Weak<PollEntry<T>>,
    key: u64,
}

impl<T: DeserializeOwned + PartialEq + 'static> Drop for PollSubscription<T> {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.upgrade() {
            entry.unsubscribe(self.key);
        }
    }
}
