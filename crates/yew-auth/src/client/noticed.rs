//! What was noticed about the backend's settings.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use crate::browser::{clock, page};
use crate::dialect::Misconfiguration;
use yew_auth_session::Timestamp;

/// A session that is refused so soon has never been in the browser's cookies.
const BEGINNING: Duration = Duration::from_secs(30);

const DAY: Duration = Duration::from_secs(86_400);

/// What was noticed about the backend's settings, each once. Nobody looks at it in a release without the inspector, so
/// nothing is noticed there.
#[derive(Debug, Default)]
pub(crate) struct Noticed {
    all: RefCell<Vec<Misconfiguration>>,
    /// When a session began over cookies, on the monotonic clock.
    began: Cell<Option<Duration>>,
}

impl Noticed {
    pub(crate) fn add(&self, misconfiguration: Misconfiguration) {
        let is_shown = cfg!(any(debug_assertions, feature = "inspector"));
        if !is_shown || self.all.borrow().contains(&misconfiguration) {
            return;
        }
        self.all.borrow_mut().push(misconfiguration);
        if cfg!(debug_assertions) {
            page::warn(&format!("yew-auth: {misconfiguration}."));
        }
    }

    #[cfg(feature = "inspector")]
    pub(crate) fn all(&self) -> Vec<Misconfiguration> {
        self.all.borrow().clone()
    }

    pub(super) fn session_began(&self) {
        self.began.set(Some(clock::now().monotonic));
    }

    pub(super) fn session_refused(&self) {
        let is_young = |began| clock::now().monotonic.saturating_sub(began) < BEGINNING;
        if self.began.take().is_some_and(is_young) {
            self.add(Misconfiguration::CookiesNotKept);
        }
    }

    pub(super) fn server_time(&self, server_time: Option<Timestamp>) {
        let wall = clock::wall();
        let is_off = |server: Timestamp| server.duration_since(wall).max(wall.duration_since(server)) > DAY;
        if server_time.is_some_and(is_off) {
            self.add(Misconfiguration::ClockOff);
        }
    }
}
