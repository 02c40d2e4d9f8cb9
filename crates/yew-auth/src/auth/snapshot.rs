//! What the driver tells the components.

use std::rc::Rc;

use yew_auth_session::{Connection, Persistence, SessionMachine, SessionState};

/// The session as it is shown. A new one is made only when something in it has changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Snapshot {
    pub(super) state: Rc<SessionState>,
    pub(super) connection: Connection,
    pub(super) persistence: Persistence,
}

impl Snapshot {
    pub(super) fn of(machine: &SessionMachine) -> Self {
        Self {
            state: Rc::new(machine.state().clone()),
            connection: machine.connection(),
            persistence: machine.persistence(),
        }
    }

    pub(super) fn shows(&self, machine: &SessionMachine) -> bool {
        *self.state == *machine.state()
            && self.connection == machine.connection()
            && self.persistence == machine.persistence()
    }
}
