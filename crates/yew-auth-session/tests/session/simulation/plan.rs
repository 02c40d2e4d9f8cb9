//! What an hour has in store: drawn from the seed before it begins.

use yew_auth_session::CredentialKind;

use super::climate::{Climate, Count};
use super::clock::{Instant, MINUTE, SECOND};
use super::lock::LockKind;
use super::network::{Fault, NetworkQuality};
use super::random::Random;
use super::server::{Lifetimes, Renewal, UserName};

pub type TabId = usize;

pub const HOUR: Instant = 60 * MINUTE;

/// From here on nothing is wrong any more, so that whatever can recover has recovered when the hour ends.
pub const QUIET_FROM: Instant = 54 * MINUTE;

pub const USERS: [UserName; 2] = ["ada", "bob"];

/// How tabs hear that the record has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Channel,
    StorageEvent,
}

/// What the browser holds when the hour begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing.
    Fresh,
    /// The cookies of so many sessions, and no record.
    CookiesWithoutRecord(u64),
    /// Cookies with fixed names, and the record of a release that knew no others.
    OldRecord,
}

/// What stays as it is for the whole hour.
#[derive(Clone, Debug)]
pub struct Setup {
    pub tabs: usize,
    pub kind: CredentialKind,
    pub renewal: Renewal,
    pub beginning: Beginning,
    pub lock: LockKind,
    pub news: News,
    pub skew: i64,
    pub monotonic_counts_sleep: bool,
    pub lifetimes: Lifetimes,
    /// How many refreshes of a hundred are met with something nasty.
    pub disruption: u64,
}

/// Something the plan brings about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Open(TabId),
    /// The tab is gone, without a word.
    Crash(TabId),
    Reload(TabId),
    /// The tab gets no events until then.
    Freeze(TabId, Instant),
    Thaw(TabId),
    Hide(TabId),
    Show(TabId),
    SleepUntil(Instant),
    WakeUp,
    JumpClock(i64),
    Offline(Instant),
    Online,
    /// The browser says that it is offline, and is not.
    FalseAlarm,
    NetworkQuality(NetworkQuality, Instant),
    Fault(Fault, Instant),
    Mend,
    /// The person signs in, in this tab.
    SignIn(TabId, UserName),
    SignOut(TabId),
    /// The page wants a fresh token.
    RequestRefresh(TabId),
    /// The person changes their own details.
    ChangeUser(TabId),
    /// The browser loses the cookies of the session that is shown.
    LoseCookies,
    Disable(UserName),
    /// All trouble ends.
    Quiet,
}

/// One hour.
#[derive(Clone, Debug)]
pub struct Plan {
    pub setup: Setup,
    pub steps: Vec<(Instant, Step)>,
    pub end: Instant,
}

impl Plan {
    pub fn draw(random: &mut Random, climate: &Climate) -> Self {
        let setup = setup(random, climate);
        let mut steps = vec![(0, Step::Open(0)), (QUIET_FROM, Step::Quiet)];
        if setup.beginning == Beginning::Fresh || random.chance(30) {
            steps.push((random.between(0, 5 * SECOND), Step::SignIn(0, USERS[0])));
        }
        let mut drawing = Drawing { random, tabs: setup.tabs, steps: &mut steps };
        drawing.tabs_open();
        drawing.network(climate);
        drawing.machine(climate);
        drawing.tabs(climate);
        drawing.person(climate);
        steps.retain(|(at, _)| *at <= QUIET_FROM);
        Self { setup, steps, end: HOUR }
    }
}

fn setup(random: &mut Random, climate: &Climate) -> Setup {
    let kind = match random.between(0, 99) {
        percent if percent < climate.fixed_cookies => CredentialKind::Cookie,
        percent if percent < climate.fixed_cookies + climate.session_cookies => CredentialKind::SessionCookie,
        _ => CredentialKind::Bearer,
    };
    let beginning = match random.between(0, 19) {
        0 | 1 if kind == CredentialKind::SessionCookie => Beginning::CookiesWithoutRecord(random.between(1, 3)),
        2 if kind == CredentialKind::SessionCookie => Beginning::OldRecord,
        _ => Beginning::Fresh,
    };
    let hour = i64::try_from(HOUR).expect("an hour is short");
    let skew = match random.between(0, 3) {
        0 => 0,
        _ => i64::try_from(random.between(0, 2 * HOUR)).expect("two hours are short") - hour,
    };
    Setup {
        tabs: usize::try_from(random.between(climate.tabs.0, climate.tabs.1)).expect("few"),
        kind,
        renewal: renewal(random, climate),
        beginning,
        lock: if random.chance(50) { LockKind::WebLock } else { LockKind::Lease },
        news: if random.chance(50) { News::Channel } else { News::StorageEvent },
        skew,
        monotonic_counts_sleep: random.chance(30),
        lifetimes: Lifetimes {
            access: random.pick(&[60, 90, 150, 300, 300, 300, 300, 600, 900]),
            refresh: random.pick(&[45, 900, 900, 86_400, 86_400, 86_400, 86_400, 86_400]),
            session: random.pick(&[1_500, 2_400, 86_400, 86_400, 86_400, 86_400]),
        },
        disruption: climate.disruption,
    }
}

fn renewal(random: &mut Random, climate: &Climate) -> Renewal {
    match climate.renewals {
        [only] => *only,
        several => random.pick(several),
    }
}

struct Drawing<'a> {
    random: &'a mut Random,
    tabs: usize,
    steps: &'a mut Vec<(Instant, Step)>,
}

impl Drawing<'_> {
    fn at(&mut self) -> Instant {
        self.random.between(10 * SECOND, QUIET_FROM)
    }

    fn tab(&mut self) -> TabId {
        usize::try_from(self.random.draw() % self.tabs as u64).expect("few")
    }

    /// Stretches of time that do not overlap.
    fn windows(&mut self, count: Count, shortest: u64, longest: u64) -> Vec<(Instant, Instant)> {
        let count = self.random.between(count.0, count.1);
        let mut free_from = 10 * SECOND;
        let mut windows = Vec::new();
        for left in (1..=count).rev() {
            if free_from + shortest >= QUIET_FROM {
                break;
            }
            let start = self.random.between(free_from, free_from + (QUIET_FROM - free_from) / left);
            let end = (start + self.random.between(shortest, longest)).min(QUIET_FROM);
            windows.push((start, end));
            free_from = end + 1;
        }
        windows
    }

    fn tabs_open(&mut self) {
        for tab in 1..self.tabs {
            let latest = if self.random.chance(70) { 2 * MINUTE } else { QUIET_FROM };
            let at = self.random.between(0, latest);
            self.steps.push((at, Step::Open(tab)));
        }
    }

    fn network(&mut self, climate: &Climate) {
        for (start, end) in self.windows(climate.bad_network, 10 * SECOND, 8 * MINUTE) {
            let slowest = self.random.pick(&[2, 10, 30, 30]) * SECOND;
            let loss = self.random.pick(&[0, 10, 30, 60, 100]);
            self.steps.push((start, Step::NetworkQuality(NetworkQuality { slowest, loss }, end)));
            self.steps.push((end, Step::NetworkQuality(NetworkQuality::FAIR, end)));
        }
        for (start, end) in self.windows(climate.faults, 5 * SECOND, 10 * MINUTE) {
            let fault = match self.random.between(0, 2) {
                0 => Fault::BadAnswer { acts: false },
                1 => Fault::BadAnswer { acts: true },
                _ => Fault::RateLimited { retry_after: self.random.pick(&[0, 7, 40, 120, 300, 86_400]) },
            };
            self.steps.push((start, Step::Fault(fault, end)));
            self.steps.push((end, Step::Mend));
        }
        for (start, end) in self.windows(climate.offline, 2 * SECOND, 12 * MINUTE) {
            self.steps.push((start, Step::Offline(end)));
            self.steps.push((end, Step::Online));
        }
    }

    fn machine(&mut self, climate: &Climate) {
        for (start, end) in self.windows(climate.sleeps, 5 * SECOND, 25 * MINUTE) {
            self.steps.push((start, Step::SleepUntil(end)));
            self.steps.push((end, Step::WakeUp));
        }
        for _ in 0..self.random.between(climate.jumps.0, climate.jumps.1) {
            let at = self.at();
            let step = jump(self.random);
            self.steps.push((at, step));
        }
    }

    fn tabs(&mut self, climate: &Climate) {
        for tab in 0..self.tabs {
            for (start, end) in self.windows(climate.freezes, 5 * SECOND, 12 * MINUTE) {
                self.steps.push((start, Step::Freeze(tab, end)));
                self.steps.push((end, Step::Thaw(tab)));
            }
            for (start, end) in self.windows(climate.hidings, 5 * SECOND, 20 * MINUTE) {
                self.steps.push((start, Step::Hide(tab)));
                self.steps.push((end, Step::Show(tab)));
            }
            for _ in 0..self.random.between(climate.reloads.0, climate.reloads.1) {
                let at = self.at();
                self.steps.push((at, Step::Reload(tab)));
            }
            for (start, end) in self.windows(climate.crashes, SECOND, 10 * MINUTE) {
                self.steps.push((start, Step::Crash(tab)));
                self.steps.push((end, Step::Open(tab)));
            }
        }
    }

    fn person(&mut self, climate: &Climate) {
        for _ in 0..self.random.between(climate.sign_outs.0, climate.sign_outs.1) {
            let (at, tab) = (self.at(), self.tab());
            self.steps.push((at, Step::SignOut(tab)));
            if self.random.chance(70) {
                let again = at + self.random.between(SECOND, 2 * MINUTE);
                let (tab, user) = (self.tab(), self.random.pick(&USERS));
                self.steps.push((again, Step::SignIn(tab, user)));
            }
        }
        for _ in 0..self.random.between(climate.refresh_requests.0, climate.refresh_requests.1) {
            let (at, tab) = (self.at(), self.tab());
            let step = if self.random.chance(70) { Step::RequestRefresh(tab) } else { Step::ChangeUser(tab) };
            self.steps.push((at, step));
        }
        for _ in 0..self.random.between(climate.false_alarms.0, climate.false_alarms.1) {
            let at = self.at();
            self.steps.push((at, Step::FalseAlarm));
        }
        if self.random.chance(climate.lost_cookies) {
            let at = self.at();
            self.steps.push((at, Step::LoseCookies));
        }
        if self.random.chance(climate.disabled) {
            let at = self.at();
            let user = self.random.pick(&USERS);
            self.steps.push((at, Step::Disable(user)));
        }
    }
}

/// The clock is set: by less than a page notices, by seconds, minutes, or up to an hour, to and fro.
pub fn jump(random: &mut Random) -> Step {
    let (least, most) =
        random.pick(&[(100, 3 * SECOND), (5 * SECOND, MINUTE), (5 * SECOND, 10 * MINUTE), (5 * SECOND, HOUR)]);
    let by = i64::try_from(random.between(least, most)).expect("an hour is short");
    Step::JumpClock(if random.chance(50) { by } else { -by })
}
