//! What was noticed about the backend's settings.

use std::cell::RefCell;
use std::time::Duration;

use crate::browser::{clock, page};
use crate::dialect::Misconfiguration;
use yew_auth_session::Timestamp;

const DAY: Duration = Duration::from_secs(86_400);

/// What was noticed about the backend's settings, each once. Nobody looks at it in a release without the inspector, so
/// nothing is noticed there.
#[derive(Debug, Default)]
pub(crate) struct Noticed(RefCell<Vec<Misconfiguration>>);

impl Noticed {
    pub(crate) fn add(&self, misconfiguration: Misconfiguration) {
        let is_shown = cfg!(any(debug_assertions, feature = "inspector"));
        if !is_shown || self.0.borrow().contains(&misconfiguration) {
            return;
        }
        self.0.borrow_mut().push(misconfiguration);
        if cfg!(debug_assertions) {
            page::warn(&format!("yew-auth: {misconfiguration}."));
        }
    }

    #[cfg(feature = "inspector")]
    pub(crate) fn all(&self) -> Vec<Misconfiguration> {
        self.0.borrow().clone()
    }

    pub(super) fn server_time(&self, server_time: Option<Timestamp>) {
        let wall = clock::wall();
        let is_off = |server: Timestamp| server.duration_since(wall).max(wall.duration_since(server)) > DAY;
        if server_time.is_some_and(is_off) {
            self.add(Misconfiguration::ClockOff);
        }
    }
}
