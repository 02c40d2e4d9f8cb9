//! What the driver shows to components.

use std::rc::Rc;

use yew_auth_session::{Connection, Persistence, SessionMachine, SessionState};

/// The session as components see it. The driver replaces it only when a part of it has changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) state: Rc<SessionState>,
    pub(crate) connection: Connection,
    pub(crate) persistence: Persistence,
}

impl Snapshot {
    pub(super) fn of(machine: &SessionMachine) -> Self {
        Self {
            state: Rc::new(machine.state().clone()),
            connection: machine.connection(),
            persistence: machine.persistence(),
        }
    }

    /// Whether it still is what the machine would show.
    pub(super) fn is_current(&self, machine: &SessionMachine) -> bool {
        *self.state == *machine.state()
            && self.connection == machine.connection()
            && self.persistence == machine.persistence()
    }

    /// The id of the signed-in user.
    pub(crate) fn user_id(&self) -> Option<&str> {
        self.state.session().map(|session| session.user.id.as_str())
    }
}
