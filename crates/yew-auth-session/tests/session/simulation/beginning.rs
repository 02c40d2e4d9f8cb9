//! What the browser holds before the hour begins.

use std::time::Duration;

use yew_auth_session::{CredentialKind, Effect, Event, RefreshPolicy, SessionMachine, SignInId, Stored};

use super::cookies::Pair;
use super::person::user_of;
use super::plan::{Beginning, USERS};
use super::server::Renewal;
use super::world::World;

impl World {
    /// Cookies without a record, or what a release left that knew fixed names only.
    pub fn begin(&mut self) {
        match self.setup.beginning {
            Beginning::Fresh => {}
            Beginning::CookiesWithoutRecord(sessions) => {
                for _ in 0..sessions {
                    let user = self.random.pick(&USERS);
                    let issued = self.server.sign_in(user, self.now).expect("nobody is disabled yet");
                    self.checks.unclaimed.insert(issued.family);
                    self.jar.named.insert(issued.family, Pair::of(&issued));
                }
            }
            Beginning::OldRecord => {
                let user = self.random.pick(&USERS);
                let issued = self.server.sign_in(user, self.now).expect("nobody is disabled yet");
                self.jar.fixed = Pair::of(&issued);
                let now = yew_auth_session::Now { wall: self.clocks.wall(self.now), monotonic: Duration::ZERO };
                let mut machine = SessionMachine::new(RefreshPolicy::default(), CredentialKind::Cookie, 0);
                machine.handle_event(Event::Started { stored: Stored::Absent, online: true }, now);
                let event = Event::SignedIn {
                    attempt: SignInId::new("old"),
                    user: Box::new(user_of(user, issued.family)),
                    tokens: Box::new(issued.tokens(CredentialKind::Cookie, Renewal::Rotates)),
                    sent: now.monotonic,
                    stored: Stored::Absent,
                };
                machine.handle_event(event, now);
                while let Some(effect) = machine.poll_effect() {
                    if let Effect::Store(record) = effect {
                        self.record = Some(*record);
                    }
                }
            }
        }
    }
}
