//! What the person at the machine does.

use std::time::Duration;

use yew_auth_session::{CredentialKind, Event, SignInId, User};

use super::clock::{Instant, SECOND};
use super::exclusive::LockedRequest;
use super::lock::PageId;
use super::network::Fault;
use super::plan::{QUIET_FROM, Step, TabId, USERS};
use super::queue::PageEvent;
use super::request::Answer;
use super::server::{Family, UserName};
use super::world::{Cause, World};

/// The simulation tells one sign-in from another by this: users carry the number of their session as last name.
pub fn user_of(name: UserName, family: Family) -> User {
    let mut user = User::new(name, name);
    user.last_name = family.to_string();
    user
}

pub fn family_of(user: &User) -> Family {
    user.last_name.parse().expect("the simulation's users carry a number")
}

impl World {
    /// The person wants to be signed in as `user`, and keeps trying while this page is there.
    pub fn sign_in(&mut self, tab: TabId, user: UserName) {
        if let Some(page) = self.awake_page(tab) {
            self.checks.signing_in_as = Some(user);
            self.try_to_sign_in(page);
        }
    }

    pub fn try_to_sign_in(&mut self, page: PageId) {
        let Some(user) = self.checks.signing_in_as else { return };
        self.send_exclusively(page, LockedRequest::SignIn(user));
    }

    pub fn sign_in_answered(
        &mut self,
        page: PageId,
        name: UserName,
        attempt: SignInId,
        (started, sent): (Instant, Duration),
        answer: Answer,
    ) {
        match answer {
            Answer::Issued(issued) => {
                self.checks.signing_in_as = None;
                let user = Box::new(user_of(name, issued.family));
                let tokens = Box::new(issued.tokens(self.setup.kind, self.setup.renewal));
                let cause = Cause::SigningIn(issued.family, started);
                self.feed_caused(page, cause, |stored| Event::SignedIn { attempt, user, tokens, sent, stored });
                if self.pages[page].shows != Some(issued.family) && self.random.chance(50) {
                    // The page asks to try again: others have taken it for dead, or somebody has signed out.
                    self.checks.signing_in_as = Some(name);
                    let later = self.random.between(3, 30) * SECOND;
                    self.tell(page, later, PageEvent::SignInAgain);
                }
            }
            Answer::Refused(_) => {
                self.checks.signing_in_as = None;
                self.feed(page, |stored| Event::SignInRefused { attempt, stored });
            }
            answer => {
                let is_refusal = matches!(answer, Answer::Fault(Fault::RateLimited { .. }));
                if is_refusal {
                    self.feed(page, |stored| Event::SignInRefused { attempt, stored });
                } else {
                    // With fixed names nobody knows whose the cookies are now.
                    let ends = self.setup.kind == CredentialKind::Cookie;
                    let cause = if ends { Cause::SigningOut } else { Cause::None };
                    self.feed_caused(page, cause, |stored| Event::SignInLost { attempt, stored });
                }
                let later = self.random.between(3, 30) * SECOND;
                self.tell(page, later, PageEvent::SignInAgain);
            }
        }
    }

    /// Somebody whose session has ended involuntarily comes back, more often than not.
    pub fn person_returns(&mut self) {
        if self.cause != Cause::SigningOut && self.now < QUIET_FROM && self.random.chance(80) {
            let (tab, user) = (self.any_tab(), self.random.pick(&USERS));
            let back = self.now + self.random.between(2, 100) * SECOND;
            self.plan_step(back, Step::SignIn(tab, user));
        }
    }

    pub fn sign_out(&mut self, tab: TabId) {
        if let Some(page) = self.awake_page(tab) {
            self.trace.page(self.now, page, || "the person signs out".to_owned());
            self.feed_caused(page, Cause::SigningOut, |stored| Event::SignOutRequested { stored });
        }
    }

    pub fn change_user(&mut self, tab: TabId) {
        let Some(page) = self.awake_page(tab) else { return };
        let Some(session) = self.pages[page].machine.state().session() else { return };
        let mut user = session.user.clone();
        user.first_name.push('x');
        self.feed(page, |stored| Event::UserChanged { user: Box::new(user), stored });
    }

    pub fn request_refresh(&mut self, tab: TabId) {
        if let Some(page) = self.awake_page(tab) {
            self.trace.page(self.now, page, || "wants a refresh".to_owned());
            self.feed(page, |_| Event::RefreshRequested);
        }
    }

    /// A person can do nothing in a page that does not react.
    fn awake_page(&self, tab: TabId) -> Option<PageId> {
        self.tabs[tab].filter(|page| !self.clocks.is_asleep() && !self.pages[*page].is_frozen(self.now))
    }
}
