//! The plan's troubles, as they come about.

use yew_auth_session::SessionRecord;

use super::clock::{Instant, MINUTE, SECOND};
use super::invariants::ClockMove;
use super::lock::PageId;
use super::network::NetworkQuality;
use super::person::family_of;
use super::plan::{QUIET_FROM, Step, TabId, USERS, jump};
use super::queue::PageEvent;
use super::world::World;

impl World {
    pub fn step(&mut self, step: Step) {
        self.trace.world(self.now, || format!("{step:?}"));
        match step {
            Step::Open(_) | Step::Reload(_) if self.clocks.is_asleep() => self.plan_step(self.asleep_until + 1, step),
            // Nobody sets the clock of a machine that sleeps. A jump back by just as long as it slept could not be noticed.
            Step::JumpClock(_) if self.clocks.is_asleep() => self.plan_step(self.asleep_until + 30 * SECOND, step),
            Step::Open(tab) => self.open(tab),
            Step::Crash(tab) => {
                self.disturb(self.now);
                self.close(tab);
            }
            Step::Reload(tab) => self.reload(tab),
            Step::Freeze(tab, until) => self.freeze(tab, until),
            Step::Thaw(tab) => self.thaw(tab),
            Step::Hide(tab) => self.hide(tab),
            Step::Show(tab) => self.show(tab),
            Step::SleepUntil(until) => self.fall_asleep(until),
            Step::WakeUp => self.wake_up(),
            Step::JumpClock(by) => {
                self.disturb(self.now);
                self.clock_moves(by, true);
                self.clocks.jump(by);
            }
            Step::Offline(until) => {
                self.offline_until = self.offline_until.max(until);
                self.disturb(until);
                self.tell_all(PageEvent::OnlineChanged);
            }
            Step::Online => self.tell_all(PageEvent::OnlineChanged),
            Step::FalseAlarm => {
                self.disturb(self.now);
                self.tell_all(PageEvent::FalseAlarm);
            }
            Step::NetworkQuality(network_quality, until) => {
                self.network_quality = network_quality;
                self.disturb(until);
            }
            Step::Fault(fault, until) => {
                self.fault = Some(fault);
                self.disturb(until);
            }
            Step::Mend => self.fault = None,
            Step::SignIn(tab, user) => self.sign_in(tab, user),
            Step::SignOut(tab) => self.sign_out(tab),
            Step::RequestRefresh(tab) => self.request_refresh(tab),
            Step::ChangeUser(tab) => self.change_user(tab),
            Step::LoseCookies => self.lose_cookies(),
            Step::Disable(user) => self.server.disable(Some(user)),
            Step::Quiet => self.end_all_trouble(),
        }
    }

    fn reload(&mut self, tab: TabId) {
        if self.tabs[tab].is_some() {
            self.disturb(self.now);
            self.close(tab);
            let back = self.now + self.random.between(100, 2 * SECOND);
            self.plan_step(back, Step::Open(tab));
        }
    }

    fn freeze(&mut self, tab: TabId, until: Instant) {
        if let Some(page) = self.tabs[tab] {
            let this = &mut self.pages[page];
            this.frozen_until = this.frozen_until.max(until);
            self.disturb(self.now);
        }
    }

    fn thaw(&mut self, tab: TabId) {
        let Some(page) = self.tabs[tab] else { return };
        let this = &mut self.pages[page];
        if this.frozen_until == 0 || this.is_frozen(self.now) {
            return;
        }
        this.frozen_until = 0;
        self.hand_on_inbox(page);
        if self.random.chance(70) {
            self.tell(page, 10, PageEvent::Woke);
        }
    }

    fn hide(&mut self, tab: TabId) {
        if let Some(page) = self.tabs[tab] {
            self.pages[page].visible = false;
        }
    }

    fn show(&mut self, tab: TabId) {
        let Some(page) = self.tabs[tab] else { return };
        if !self.pages[page].visible {
            self.pages[page].visible = true;
            self.pages[page].shown_since = self.now;
            self.tell(page, 0, PageEvent::Woke);
            self.poll_now(page);
        }
    }

    fn fall_asleep(&mut self, until: Instant) {
        self.asleep_until = self.asleep_until.max(until);
        self.disturb(self.asleep_until);
        if !self.clocks.is_asleep() {
            self.clocks.fall_asleep(self.now);
        }
    }

    fn wake_up(&mut self) {
        if !self.clocks.is_asleep() || self.now < self.asleep_until {
            return;
        }
        let slept = self.clocks.asleep_for(self.now);
        if let Some(server_pause) = &mut self.checks.server_pause
            && self.now - slept < server_pause.waits_until
        {
            server_pause.waits_until += slept;
            let waits_until = server_pause.waits_until;
            self.disturb(waits_until);
        }
        self.clocks.wake_up(self.now);
        let moved = if self.setup.monotonic_counts_sleep { 0 } else { slept };
        self.clock_moves(i64::try_from(moved).expect("an hour is short"), false);
        for page in self.live_pages() {
            self.hand_on_inbox(page);
            if self.random.chance(50) {
                self.tell(page, 15, PageEvent::Woke);
            }
        }
    }

    /// Only cookies that are named after their session: with fixed names nobody could tell.
    fn lose_cookies(&mut self) {
        let shown = self.record.as_ref().and_then(SessionRecord::session).map(|session| family_of(&session.user));
        if let Some(family) = shown
            && self.jar.named.remove(&family).is_some()
        {
            self.trace.world(self.now, || format!("the browser loses the cookies of session {family}"));
        }
    }

    fn clock_moves(&mut self, by: i64, is_jump: bool) {
        let was_watched = std::mem::take(&mut self.checks.is_watched);
        self.checks.clock_moves.push(ClockMove { at: self.now, by, is_jump, was_watched });
    }

    fn tell_all(&mut self, event: PageEvent) {
        for page in self.live_pages() {
            let delay = self.random.between(0, 20);
            self.tell(page, delay, event.clone());
        }
    }

    fn end_all_trouble(&mut self) {
        self.disturb(self.now);
        self.network_quality = NetworkQuality::FAIR;
        self.fault = None;
        self.offline_until = 0;
        self.tell_all(PageEvent::OnlineChanged);
        self.asleep_until = self.now;
        self.wake_up();
        self.open(0);
        for tab in 0..self.tabs.len() {
            if let Some(page) = self.tabs[tab] {
                self.pages[page].frozen_until = self.now;
            }
            self.thaw(tab);
            self.show(tab);
        }
    }

    /// Something nasty while a refresh is under way: that is when it counts.
    pub fn disruption(&mut self, page: PageId) {
        if self.now + MINUTE > QUIET_FROM || !self.random.chance(self.setup.disruption) {
            return;
        }
        let tab = self.pages[page].tab;
        let at = self.now + self.random.between(0, 12 * SECOND);
        let until = (at + self.random.between(SECOND, 10 * MINUTE)).min(QUIET_FROM);
        match self.random.between(0, 6) {
            0 => {
                self.plan_step(at, Step::Freeze(tab, until));
                self.plan_step(until, Step::Thaw(tab));
            }
            1 => {
                self.plan_step(at, Step::Crash(tab));
                self.plan_step(until, Step::Open(tab));
            }
            2 => self.plan_step(at, Step::Reload(tab)),
            3 => {
                let step = jump(&mut self.random);
                self.plan_step(at, step);
            }
            4 => {
                self.plan_step(at, Step::SleepUntil(until));
                self.plan_step(until, Step::WakeUp);
            }
            5 => {
                let other = self.any_tab();
                self.plan_step(at, Step::RequestRefresh(other));
            }
            _ => self.change_persons(at),
        }
    }

    fn change_persons(&mut self, at: Instant) {
        let (tab, user) = (self.any_tab(), self.random.pick(&USERS));
        let back = at + self.random.between(100, 5 * SECOND);
        self.plan_step(at, Step::SignOut(tab));
        self.plan_step(back, Step::SignIn(tab, user));
    }
}
