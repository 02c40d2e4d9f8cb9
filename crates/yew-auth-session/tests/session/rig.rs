//! One machine in virtual time, with a storage and a lock of its own.

use std::time::Duration;

use yew_auth_session::{
    AccessToken, Authorization, Credentials, Effect, Event, IssuedTokens, LeaseId, Notice, Now, RefreshOutcome,
    RefreshPolicy, RefreshToken, Revocation, SessionMachine, SessionRecord, Stored, Ticket, Timestamp, User,
};

use crate::transport::{Transport, transport};

/// What our wall clock shows when the test begins.
const START: i64 = 1_000_000;

pub struct Rig {
    pub machine: SessionMachine,
    /// Seconds since the test began, on the monotonic clock.
    pub monotonic: f64,
    /// Seconds by which the wall clock has been set since.
    pub jumped: i64,
    pub stored: Stored,
    /// Who else holds the lock.
    pub holder: Option<LeaseId>,
    /// The refreshes, and when they were sent.
    pub refreshes: Vec<(Ticket, f64)>,
    pub revocations: Vec<Revocation>,
    pub notices: Vec<Notice>,
    pub wakes: u32,
}

impl Rig {
    pub fn started(stored: Stored) -> Self {
        let mut rig = Self::waiting(stored);
        rig.feed(|stored| Event::Started { stored, online: true });
        rig
    }

    /// A page that has not started yet.
    pub fn waiting(stored: Stored) -> Self {
        Self {
            machine: SessionMachine::new(RefreshPolicy::default(), 7),
            monotonic: 0.0,
            jumped: 0,
            stored,
            holder: None,
            refreshes: Vec::new(),
            revocations: Vec::new(),
            notices: Vec::new(),
            wakes: 0,
        }
    }

    /// Signed in at second 0, with a token that lives this long.
    pub fn signed_in_for(lifetime: i64) -> Self {
        let mut rig = Self::started(Stored::Absent);
        rig.sign_in(grant(0, 0, lifetime));
        rig
    }

    pub fn signed_in() -> Self {
        Self::signed_in_for(300)
    }

    pub fn sign_in(&mut self, grant: IssuedTokens) {
        let (user, grant) = (Box::new(User::new("1", "ada")), Box::new(grant));
        let sent = self.now().monotonic;
        self.feed(|stored| Event::SignedIn { user, grant, sent, stored });
    }

    pub fn now(&self) -> Now {
        let monotonic = Duration::from_secs_f64(self.monotonic);
        Now { wall: at(self.jumped) + monotonic, monotonic }
    }

    pub fn feed(&mut self, event: impl FnOnce(Stored) -> Event) {
        self.machine.handle_event(event(self.stored.clone()), self.now());
        while let Some(effect) = self.machine.poll_effect() {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Store(record) => match record.replacing(&self.stored) {
                Some(record) => self.stored = Stored::Present(record),
                None => self.feed(|stored| Event::RecordChanged { stored }),
            },
            Effect::TryLock if self.holder.is_some() => {
                let holder = self.holder.clone();
                self.feed(|_| Event::LockBusy { holder });
            }
            Effect::TryLock | Effect::StealLock => {
                self.holder = None;
                self.feed(|stored| Event::LockGranted { stored });
            }
            Effect::SendRefresh { ticket, .. } => self.refreshes.push((ticket, self.monotonic)),
            Effect::SendRevoke(revocation) => self.revocations.push(revocation),
            Effect::Broadcast(notice) => self.notices.push(notice),
            Effect::ReleaseLock | Effect::AbortRefresh(_) => {}
        }
    }

    /// Goes from one wake-up to the next until this second.
    pub fn run_until(&mut self, end: f64) {
        loop {
            let next = self.machine.poll_timeout().map(|due| due.duration_since(self.now().wall).as_secs_f64());
            let next = next.map_or(f64::MAX, |wait| self.monotonic + wait.max(0.001));
            if next > end {
                self.monotonic = end;
                return;
            }
            self.monotonic = next;
            self.sync();
        }
    }

    /// Goes on until a refresh is sent.
    pub fn run_until_refresh(&mut self) {
        let before = self.refreshes.len();
        while self.refreshes.len() == before {
            let wait = self.machine.poll_timeout().expect("something is due").duration_since(self.now().wall);
            self.monotonic += wait.as_secs_f64().max(0.001);
            self.sync();
        }
    }

    /// What the driver's timer does.
    pub fn sync(&mut self) {
        self.wakes += 1;
        self.feed(|stored| Event::RecordChanged { stored });
    }

    pub fn answer(&mut self, outcome: RefreshOutcome) {
        let (ticket, _) = *self.refreshes.last().expect("a refresh was sent");
        self.feed(|stored| Event::RefreshFinished { ticket, outcome, stored });
    }

    pub fn grant_refresh(&mut self, grant: IssuedTokens) {
        self.answer(RefreshOutcome::Granted(Box::new(grant)));
    }

    pub fn authorization(&self) -> Authorization {
        self.machine.authorization(self.now())
    }

    pub fn is_ready(&self) -> bool {
        matches!(self.authorization(), Authorization::Ready { .. })
    }

    /// The second that it is, for what the server issues.
    pub fn second(&self) -> i64 {
        i64::try_from(Duration::from_secs_f64(self.monotonic).as_secs()).expect("a test is short")
    }

    pub fn record(&self) -> SessionRecord {
        match &self.stored {
            Stored::Present(record) => (**record).clone(),
            other => panic!("{other:?} is no record"),
        }
    }

    /// When the refreshes were sent, in whole seconds.
    pub fn sent_at(&self) -> Vec<u64> {
        self.refreshes.iter().map(|(_, at)| Duration::from_secs_f64(*at).as_secs()).collect()
    }
}

/// A second of the test, on a clock that is right.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_secs(START + second)
}

/// The pair of tokens of this number, issued at this second and good for so long; the session lasts a day.
pub fn grant(number: u32, issued_at: i64, lifetime: i64) -> IssuedTokens {
    IssuedTokens {
        credentials: match transport() {
            Transport::Cookie => Credentials::Cookie,
            Transport::Bearer => Credentials::Bearer {
                access: AccessToken::new(format!("access.{number}")).expect("a token"),
                refresh: RefreshToken::new(format!("refresh.{number}")).expect("a token"),
            },
        },
        access_issued_at: Some(at(issued_at)),
        access_expires_at: Some(at(issued_at + lifetime)),
        refresh_expires_at: Some(at(86_400)),
        session_ends_at: Some(at(86_400)),
    }
}

pub fn revocation_of(number: u32) -> Revocation {
    match transport() {
        Transport::Cookie => Revocation::Cookie,
        Transport::Bearer => Revocation::Token(RefreshToken::new(format!("refresh.{number}")).expect("a token")),
    }
}
