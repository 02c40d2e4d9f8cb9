//! What components want of the driver.

use std::rc::{Rc, Weak};
use std::time::Duration;

use super::Driver;

/// Something to call.
type Call = Rc<dyn Fn()>;

/// What somebody wants for as long as they hold their [`Registration`].
pub(super) enum Want {
    /// To be called after each change of the snapshot.
    Changes(Call),
    /// To be called after each event.
    Events(Call),
    /// That the clock and what is stored are looked at as often as this.
    Looks(Duration),
    /// That this person's page stays when the session ends.
    Page(String),
}

impl Want {
    pub(super) fn on_change(&self) -> Option<Call> {
        if let Self::Changes(call) = self { Some(Rc::clone(call)) } else { None }
    }

    pub(super) fn on_event(&self) -> Option<Call> {
        if let Self::Events(call) = self { Some(Rc::clone(call)) } else { None }
    }

    pub(super) fn interval(&self) -> Option<Duration> {
        if let Self::Looks(interval) = self { Some(*interval) } else { None }
    }

    pub(super) fn page_of(&self) -> Option<String> {
        if let Self::Page(user) = self { Some(user.clone()) } else { None }
    }
}

/// Ends what it stands for when it is dropped.
#[must_use]
pub(in crate::auth) struct Registration {
    driver: Weak<Driver>,
    key: u64,
}

impl Driver {
    pub(super) fn register(self: &Rc<Self>, want: Want) -> Registration {
        Registration { driver: Rc::downgrade(self), key: self.wants.add(want) }
    }

    /// Whoever is called may itself begin or end to listen.
    pub(super) fn call_all(&self, calls: fn(&Want) -> Option<Call>) {
        for call in self.wants.map(calls).into_iter().flatten() {
            call();
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let Some(driver) = self.driver.upgrade() else { return };
        if let Some(Want::Page(_)) = driver.wants.remove(self.key) {
            // Nobody will sign in again there.
            driver.wake_waiting();
        }
    }
}
