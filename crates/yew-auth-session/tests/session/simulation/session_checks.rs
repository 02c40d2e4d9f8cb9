//! The invariants of what pages store and show, and of where they stand in the end.

use yew_auth_session::{CredentialKind, RecordStatus, SessionRecord, SignOutReason};

use super::clock::{Instant, SECOND, server_time};
use super::invariants::Invariant;
use super::lock::PageId;
use super::person::family_of;
use super::plan::Beginning;
use super::server::{Family, Server};
use super::world::{Cause, World};

impl World {
    /// SignOutIsFinal, TransientFailuresKeepSession: a page is about to store a record over the present one.
    pub fn check_store(&mut self, page: PageId, new: &SessionRecord) {
        let family = |record: &SessionRecord| record.session().map(|session| family_of(&session.user));
        let (before, after) = (self.record.as_ref().and_then(family), family(new));
        let token = new.session().and_then(|session| session.credentials.refresh_token());
        if token.is_some_and(|token| Server::refresh_family(token) != after) {
            self.violate(Invariant::SignOutIsFinal, || format!("page {page} mixes two sessions"));
        }
        // A change of the user's own details is a generation, too.
        let token_of = |record: &SessionRecord| record.session().map(|session| session.access_issued_at);
        let same_token = before == after && self.record.as_ref().and_then(token_of) == token_of(new);
        if !same_token || self.record.is_none() {
            self.checks.committed = self.now;
            self.checks.unheard_refresh = None;
            self.checks.server_pause = None;
        }
        match (before, after) {
            (before, Some(after)) if before != Some(after) => {
                let right = match &self.cause {
                    Cause::SigningIn(family, started) => *family == after && !self.is_cancelled(*started),
                    Cause::Found(families) => families.contains(&after) && !self.checks.over.contains_key(&after),
                    _ => false,
                };
                if !right {
                    self.violate(Invariant::SignOutIsFinal, || format!("page {page} brings session {after} back"));
                }
                self.checks.unclaimed.remove(&after);
                if self.setup.kind == CredentialKind::Cookie {
                    // The old cookies are replaced: nothing is left to revoke their sessions with.
                    self.checks.to_revoke.clear();
                } else if matches!(self.cause, Cause::SigningIn(..)) {
                    self.checks.to_revoke.extend(before);
                }
                if let Some(before) = before {
                    self.checks.over.insert(before, self.now);
                }
            }
            (Some(before), None) => {
                self.check_end_of_session(page, before, new);
                self.checks.over.insert(before, self.now);
            }
            _ => {}
        }
    }

    fn check_end_of_session(&mut self, page: PageId, family: Family, new: &SessionRecord) {
        let RecordStatus::SignedOut(reason) = new.status else { return };
        let by_person = self.cause == Cause::SigningOut;
        let at_the_end = self.server.ends_at(family) <= server_time(self.now);
        let right = match reason {
            SignOutReason::SignedOut => by_person,
            SignOutReason::AbsoluteEnd if at_the_end => true,
            // The server has said that the browser holds no session that lives.
            SignOutReason::CookiesNotKept => {
                !self.jar.named.contains_key(&family) || !self.server.is_refreshable(family, self.now)
            }
            _ => match &self.cause {
                // With fixed names a page that was gone or frozen when its sign-in was answered has left cookies of which
                // nobody knows.
                Cause::Refused(refused) => {
                    *refused == family || (self.setup.kind == CredentialKind::Cookie && !self.is_known(*refused))
                }
                // Cookies with fixed names, from an older release, which the server does not know any more.
                Cause::Found(families) => self.setup.beginning == Beginning::OldRecord && !families.contains(&family),
                _ => false,
            },
        };
        if by_person {
            self.checks.to_revoke.push(family);
            self.checks.signed_out = Some(self.now);
        }
        if !right {
            self.violate(Invariant::TransientFailuresKeepSession, || {
                format!("page {page} ends session {family} for {reason:?}")
            });
        }
        self.person_returns();
    }

    /// SignOutIsFinal, OneEndPerTab: what a page shows has perhaps changed.
    pub fn check_state(&mut self, page: PageId) {
        let shows = self.pages[page].machine.state().session().map(|session| family_of(&session.user));
        let before = self.pages[page].shows;
        if before == shows {
            return;
        }
        self.pages[page].shows = shows;
        self.trace.page(self.now, page, || format!("shows {:?}", self.pages[page].machine.state()));
        if let Some(ended) = before {
            if self.pages[page].ended.contains(&ended) {
                self.violate(Invariant::OneEndPerTab, || format!("session {ended} has ended in page {page} before"));
            }
            self.pages[page].ended.push(ended);
        }
        if let Some(shown) = shows
            && self.pages[page].ended.contains(&shown)
        {
            self.violate(Invariant::SignOutIsFinal, || format!("session {shown} is back in page {page}"));
        }
    }

    pub fn is_known(&self, family: Family) -> bool {
        let stored = self.record.as_ref().and_then(SessionRecord::session);
        stored.is_some_and(|session| family_of(&session.user) == family) || self.checks.over.contains_key(&family)
    }

    /// SignOutIsFinal, NeverStuck: the hour is over, and the last minutes were quiet.
    pub fn check_end(&mut self) {
        let stored = self.record.as_ref().and_then(SessionRecord::session).map(|session| family_of(&session.user));
        for page in self.live_pages() {
            let shows = self.pages[page].shows;
            // The news of an end in the hour's last moments may still be on its way to the other tabs.
            let a_look_ago = self.now.saturating_sub(25 * SECOND);
            let is_news = shows.is_some_and(|shown| self.server.alive(shown, a_look_ago).is_ok());
            if shows != stored && !is_news {
                self.violate(Invariant::NeverStuck, || {
                    format!("page {page} shows {shows:?} where {stored:?} is stored")
                });
            }
        }
        if let Some(family) = stored
            && let Err(refusal) = self.server.alive(family, self.now)
            && !self.has_just_ended(family)
            && !self.nobody_asks()
        {
            self.violate(Invariant::NeverStuck, || format!("session {family} is {refusal:?}, and no page has noticed"));
        }
        // Without its cookies nobody can revoke a session.
        let is_held = |family: &Family| match self.setup.kind {
            CredentialKind::SessionCookie => self.jar.named.contains_key(family),
            _ => true,
        };
        let lives = |family: &Family| self.server.alive(*family, self.now).is_ok();
        let unrevoked = self.checks.to_revoke.iter().copied().find(|family| is_held(family) && lives(family));
        self.check_unclaimed(stored);
        if let Some(family) = unrevoked {
            self.violate(Invariant::SignOutIsFinal, || {
                format!("session {family} was signed out, and the server was never told")
            });
        }
    }

    /// Somebody has signed out since, in whichever tab. Only a mark in the record tells the others of a sign-in under way.
    fn is_cancelled(&self, started: Instant) -> bool {
        self.setup.kind == CredentialKind::SessionCookie && self.checks.signed_out >= Some(started)
    }

    /// AcceptedSignInShownOrRevoked: whatever lives, and whose cookies the browser holds, is known to somebody.
    fn check_unclaimed(&mut self, stored: Option<Family>) {
        let held: Vec<_> = self.jar.named.keys().copied().collect();
        let lives = |family: &Family| self.server.is_refreshable(*family, self.now);
        let forgotten = held
            .into_iter()
            .filter(lives)
            .find(|family| stored != Some(*family) && !self.checks.unclaimed.contains(family));
        if let Some(family) = forgotten {
            self.violate(Invariant::AcceptedSignInShownOrRevoked, || {
                format!("session {family} lives, the browser holds its cookies, and nobody shows it")
            });
        }
    }

    /// Without refreshes only requests tell that a session has ended, and a hidden page sends none.
    fn nobody_asks(&self) -> bool {
        !self.setup.renewal.renews() && self.live_pages().all(|page| !self.pages[page].visible)
    }

    /// The next refresh will tell.
    fn has_just_ended(&self, family: Family) -> bool {
        self.server.alive(family, self.now.saturating_sub(self.setup.lifetimes.access * SECOND)).is_ok()
    }

    /// OwnDataOnly: a page is about to show what it was sent.
    pub fn check_shown_data(&mut self, page: PageId, served: Family) {
        let shown = self.pages[page].shows;
        if shown != Some(served) && self.setup.kind != CredentialKind::Cookie {
            self.violate(Invariant::OwnDataOnly, || format!("page {page} shows {shown:?} with data of {served}"));
        }
    }
}
