//! What mounted components ask of the driver.

use std::rc::{Rc, Weak};
use std::time::Duration;

use super::Driver;

type Listener = Rc<dyn Fn()>;

/// No component syncs more often than this.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);

/// What one component asks for until its [`Subscription`] is dropped.
pub(super) enum Interest {
    /// Be called after each change of the snapshot.
    Changes(Listener),
    /// Be called after each event.
    Events(Listener),
    /// Compare the clock and the stored record with what is known, at least this often.
    SyncEvery(Duration),
    /// Let requests of this user's page wait for a new sign-in when the session ends.
    KeptPage(String),
}

impl Interest {
    pub(super) fn change_listener(&self) -> Option<Listener> {
        if let Self::Changes(listener) = self { Some(Rc::clone(listener)) } else { None }
    }

    pub(super) fn event_listener(&self) -> Option<Listener> {
        if let Self::Events(listener) = self { Some(Rc::clone(listener)) } else { None }
    }

    pub(super) fn sync_interval(&self) -> Option<Duration> {
        if let Self::SyncEvery(interval) = self { Some(*interval) } else { None }
    }

    pub(super) fn kept_user(&self) -> Option<String> {
        if let Self::KeptPage(user) = self { Some(user.clone()) } else { None }
    }
}

/// Withdraws its [`Interest`] when it is dropped.
#[must_use]
pub(crate) struct Subscription {
    driver: Weak<Driver>,
    key: u64,
}

impl Driver {
    /// Calls `listener` after each change of the snapshot, until the subscription is dropped.
    pub(crate) fn on_change(self: &Rc<Self>, listener: impl Fn() + 'static) -> Subscription {
        self.subscribe(Interest::Changes(Rc::new(listener)))
    }

    /// Calls `listener` after each event, whether it changed anything or not, until the subscription is dropped.
    pub(crate) fn on_event(self: &Rc<Self>, listener: impl Fn() + 'static) -> Subscription {
        self.subscribe(Interest::Events(Rc::new(listener)))
    }

    /// Syncs at least every `interval`, until the subscription is dropped. The shortest interval of all components counts.
    pub(crate) fn sync_every(self: &Rc<Self>, interval: Duration) -> Subscription {
        let subscription = self.subscribe(Interest::SyncEvery(interval.max(SHORTEST_INTERVAL)));
        self.set_wake_up();
        subscription
    }

    pub(super) fn subscribe(self: &Rc<Self>, interest: Interest) -> Subscription {
        Subscription { driver: Rc::downgrade(self), key: self.interests.add(interest) }
    }

    /// A listener may subscribe and unsubscribe while it runs.
    pub(super) fn notify(&self, listeners: fn(&Interest) -> Option<Listener>) {
        for listener in self.interests.map(listeners).into_iter().flatten() {
            listener();
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(driver) = self.driver.upgrade() else { return };
        if let Some(Interest::KeptPage(_)) = driver.interests.remove(self.key) {
            // The page is gone, so its requests must stop waiting.
            driver.wake_waiting();
        }
    }
}
