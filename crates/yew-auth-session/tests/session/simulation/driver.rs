//! What the app's driver does in each page: hands events to the session machine and carries out its effects.

use yew_auth_session::{CredentialKind, Effect, Event, RecordStatus, SessionRecord, Stored};

use super::clock::{MINUTE, SECOND};
use super::exclusive::LockedRequest;
use super::lock::{LockOwner, PageId};
use super::page::TICK;
use super::plan::News;
use super::queue::PageEvent;
use super::request::Purpose;
use super::server::Server;
use super::session_cookies::family_of_id;
use super::world::{Cause, World};

impl World {
    /// Hands in an event, with what is stored at that moment.
    pub fn feed(&mut self, page: PageId, event: impl FnOnce(Stored) -> Event) {
        self.hand_in(page, event);
        self.after_change(page);
    }

    /// As [`feed`](Self::feed), for an event that may begin or end a session.
    pub fn feed_caused(&mut self, page: PageId, cause: Cause, event: impl FnOnce(Stored) -> Event) {
        self.cause = cause;
        self.hand_in(page, event);
        self.cause = Cause::None;
        self.after_change(page);
    }

    /// What the driver does when its timer fires, and before each request: a channel may be deaf.
    pub fn sync(&mut self, page: PageId) {
        self.hand_in(page, |stored| Event::RecordChanged { stored });
    }

    fn hand_in(&mut self, page: PageId, event: impl FnOnce(Stored) -> Event) {
        self.page_watches(page);
        let now = self.pages[page].read_clocks(self.now, &self.clocks);
        let event = event(self.read_storage());
        self.pages[page].machine.handle_event(event, now);
        self.carry_out_effects(page);
    }

    pub fn after_change(&mut self, page: PageId) {
        self.check_state(page);
        self.arm_timer(page);
        self.poll_goes_on(page);
    }

    fn carry_out_effects(&mut self, page: PageId) {
        let mut overtaken = false;
        while let Some(effect) = self.pages[page].machine.poll_effect() {
            overtaken |= !self.carry_out(page, effect);
        }
        if overtaken {
            self.hand_in(page, |stored| Event::RecordChanged { stored });
        }
    }

    /// False when a newer record was found where one was to be stored.
    fn carry_out(&mut self, page: PageId, effect: Effect) -> bool {
        match effect {
            Effect::Store(record) => return self.store(page, record),
            Effect::TryLock => self.try_lock(page),
            Effect::StealLock => {
                self.trace.page(self.now, page, || "steals the lock".to_owned());
                self.checks.robbed.extend(self.lock.holder().map(|holder| (holder, (page, self.now))));
                self.lock.take(page, LockOwner::Machine);
                self.tell_soon(page, PageEvent::LockGranted);
            }
            Effect::ReleaseLock => self.lock.release(page, LockOwner::Machine),
            Effect::Broadcast(_) if self.setup.news == News::Channel => self.spread_news(page),
            Effect::Broadcast(_) => {}
            Effect::SendRefresh { ticket, token, session } => {
                let named = session.as_ref().map(family_of_id);
                let token = match self.setup.kind {
                    CredentialKind::Bearer => token,
                    CredentialKind::Cookie => self.jar.fixed.refresh.clone(),
                    CredentialKind::SessionCookie => {
                        let pair = named.and_then(|named| self.jar.named.get(&named));
                        pair.and_then(|pair| pair.refresh.clone())
                    }
                };
                let of_access = |token| self.server.access_family(token);
                let family = named
                    .or(token.as_ref().and_then(Server::refresh_family))
                    .or(self.pages[page].machine.access_token().and_then(of_access));
                self.check_refresh(page, token.as_ref());
                self.launch(page, Purpose::Refresh { ticket, token, family });
                self.disruption(page);
            }
            Effect::AbortRefresh(aborted) => {
                let ours = |purpose: &Purpose| matches!(purpose, Purpose::Refresh { ticket, .. } if *ticket == aborted);
                for request in self.requests.iter_mut().filter(|request| request.page == page && ours(&request.purpose))
                {
                    request.open = false;
                    request.dropped = Some(self.now);
                }
                self.trace.page(self.now, page, || "gives the refresh up".to_owned());
            }
            Effect::AskSessions(ticket) => {
                let sent = self.pages[page].read_clocks(self.now, &self.clocks).monotonic;
                self.launch(page, Purpose::AskSessions { ticket, sent });
            }
            Effect::ProbeNetwork(ticket) => {
                let delay = self.random.between(0, 2 * SECOND);
                self.tell(page, delay, PageEvent::Probed(ticket));
            }
            Effect::SendRevoke(revocation) => self.send_exclusively(page, LockedRequest::Revocation(revocation)),
        }
        true
    }

    fn try_lock(&mut self, page: PageId) {
        let answer = match self.lock.try_take(page, LockOwner::Machine) {
            Ok(()) => PageEvent::LockGranted,
            Err(holder) => PageEvent::LockBusy(holder),
        };
        self.tell_soon(page, answer);
    }

    fn store(&mut self, page: PageId, record: Box<SessionRecord>) -> bool {
        let Some(record) = record.replacing(&self.read_storage()) else { return false };
        self.trace.page(self.now, page, || format!("stores {}", describe(&record)));
        self.check_store(page, &record);
        self.record = Some(*record);
        if self.setup.news == News::StorageEvent {
            self.spread_news(page);
        }
        true
    }

    fn spread_news(&mut self, from: PageId) {
        for page in self.live_pages().filter(|page| *page != from) {
            let delay = self.random.between(0, 150);
            self.tell(page, delay, PageEvent::News);
        }
    }

    fn tell_soon(&mut self, page: PageId, event: PageEvent) {
        let delay = self.random.between(0, 20);
        self.tell(page, delay, event);
    }

    /// One timer for what the machine waits for, and a look at least every twenty seconds. In a hidden page the
    /// browser lets it fire once a minute.
    fn arm_timer(&mut self, page: PageId) {
        let now = self.pages[page].read_clocks(self.now, &self.clocks);
        let running = self.clocks.running(self.now);
        let this = &mut self.pages[page];
        let wait = this.machine.poll_timeout().map(|deadline| deadline.duration_since(now.wall));
        let wait = wait.map_or(u64::MAX, |wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        let mut due = running.saturating_add(wait.max(1)).min(this.timer.next_tick.max(running + 1));
        if !this.visible {
            due = due.next_multiple_of(MINUTE);
        }
        if this.timer.due == Some(due) {
            return;
        }
        this.timer.due = Some(due);
        this.timer.arming += 1;
        let arming = this.timer.arming;
        self.tell(page, due - running, PageEvent::Timer { arming, due });
    }

    pub fn timer(&mut self, page: PageId, arming: u64, due: u64) {
        let running = self.clocks.running(self.now);
        if running < due {
            // The machine has slept meanwhile, and the timer's clock with it.
            return self.tell(page, due - running, PageEvent::Timer { arming, due });
        }
        if !self.pages[page].timer.fires(arming) {
            return;
        }
        if running >= self.pages[page].timer.next_tick {
            self.pages[page].timer.next_tick = running + TICK;
            self.check_stuck(page);
        }
        self.sync(page);
        self.after_change(page);
    }
}

fn describe(record: &SessionRecord) -> String {
    let token = record.session().and_then(|session| session.credentials.refresh_token());
    let status = match (&record.status, token) {
        (_, Some(token)) => format!("signed in with {}", token.secret()),
        (RecordStatus::SignedIn(session), None) => {
            format!("session {} signed in with cookies", session.user.last_name)
        }
        (status, _) => format!("{status:?}"),
    };
    format!(
        "generation {}: {status}, pause {:?}, {} to revoke, {} pending",
        record.generation.get(),
        record.refresh_pause,
        record.revocations.len(),
        record.pending_sign_ins.len()
    )
}
