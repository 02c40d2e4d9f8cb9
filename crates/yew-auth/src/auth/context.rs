//! What the provider gives its descendants.

use std::rc::Rc;

use yew::prelude::*;

use super::driver::Driver;
use super::poll_cache::PollCache;
use super::snapshot::Snapshot;

/// The page's session, as of one snapshot.
#[derive(Clone)]
pub(super) struct AuthContext {
    pub(super) driver: Rc<Driver>,
    pub(super) polls: Rc<PollCache>,
    pub(super) snapshot: Rc<Snapshot>,
}

impl PartialEq for AuthContext {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.driver, &other.driver) && Rc::ptr_eq(&self.snapshot, &other.snapshot)
    }
}

/// The context of the nearest provider.
///
/// # Panics
/// Without one: the app's tree is wrong, and no session can be made up.
#[hook]
pub(super) fn use_auth_context() -> AuthContext {
    use_context::<AuthContext>().expect("an `AuthProvider` above this component")
}
