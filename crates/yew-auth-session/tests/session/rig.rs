//! One machine in virtual time, with a storage and a lock of its own.

use std::time::Duration;

use yew_auth_session::{
    AccessToken, Authorization, CredentialKind, Credentials, Effect, Event, IssuedTokens, LeaseId, Notice, Now,
    RefreshOutcome, RefreshPolicy, RefreshToken, Revocation, SessionId, SessionMachine, SessionRecord, SessionsOutcome,
    SignInId, Stored, Ticket, Timestamp, TokenId, User,
};

use crate::transport::transport;

/// What our wall clock shows when the test begins.
const START: i64 = 1_000_000;

/// No test takes so many. A machine that does is in a loop.
const MOST_WAKES: u32 = 3_000;

pub struct Rig {
    pub machine: SessionMachine,
    /// Seconds since the test began, on the monotonic clock.
    pub monotonic: f64,
    /// Seconds by which the wall clock has been set since.
    pub jumped: i64,
    pub stored: Stored,
    /// Whether a probe of the network gets through.
    pub network: bool,
    /// When the network was probed.
    pub probes: Vec<f64>,
    /// Who else holds the lock.
    pub holder: Option<LeaseId>,
    /// The refreshes, and when they were sent.
    pub refreshes: Vec<(Ticket, f64)>,
    /// The sessions that the refreshes have named.
    pub named: Vec<Option<SessionId>>,
    pub revocations: Vec<Revocation>,
    pub notices: Vec<Notice>,
    pub wakes: u32,
    pub sign_ins: u32,
    /// The questions which sessions the browser holds, and when they were asked.
    pub questions: Vec<(Ticket, f64)>,
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
            machine: SessionMachine::new(RefreshPolicy::default(), transport(), 7),
            monotonic: 0.0,
            jumped: 0,
            stored,
            network: true,
            probes: Vec::new(),
            holder: None,
            refreshes: Vec::new(),
            named: Vec::new(),
            revocations: Vec::new(),
            notices: Vec::new(),
            wakes: 0,
            sign_ins: 0,
            questions: Vec::new(),
        }
    }

    /// Signed in at second 0, with a token that lives this long.
    pub fn signed_in_for(lifetime: i64) -> Self {
        let mut rig = Self::started(Stored::Absent);
        rig.find_no_session();
        rig.sign_in(grant(0, 0, lifetime));
        rig
    }

    /// Answers the question of a page that has found no record, where one was asked.
    pub fn find_no_session(&mut self) {
        if let Some((ticket, _)) = self.questions.pop() {
            let outcome = SessionsOutcome::Found { sessions: Vec::new(), server_time: None };
            let sent = self.now().monotonic;
            self.feed(|stored| Event::SessionsListed { ticket, outcome, sent, stored });
        }
    }

    pub fn signed_in() -> Self {
        Self::signed_in_for(300)
    }

    pub fn sign_in(&mut self, tokens: IssuedTokens) {
        let attempt = self.start_sign_in();
        self.finish_sign_in(attempt, tokens);
    }

    pub fn sign_in_bob(&mut self, tokens: IssuedTokens) {
        let attempt = self.start_sign_in();
        self.finish_sign_in_of(User::new("2", "bob"), attempt, tokens);
    }

    /// Who is signed in.
    pub fn username(&self) -> Option<&str> {
        self.machine.state().session().map(|session| session.user.username.as_str())
    }

    /// A sign-in is about to be sent.
    pub fn start_sign_in(&mut self) -> SignInId {
        self.sign_ins += 1;
        let attempt = SignInId::new(format!("{:p} {}", self, self.sign_ins));
        let started = attempt.clone();
        self.feed(|stored| Event::SignInStarted { attempt: started, stored });
        attempt
    }

    pub fn finish_sign_in(&mut self, attempt: SignInId, tokens: IssuedTokens) {
        self.finish_sign_in_of(User::new("1", "ada"), attempt, tokens);
    }

    fn finish_sign_in_of(&mut self, user: User, attempt: SignInId, tokens: IssuedTokens) {
        let (user, tokens) = (Box::new(user), Box::new(tokens));
        let sent = self.now().monotonic;
        self.feed(|stored| Event::SignedIn { attempt, user, tokens, sent, stored });
    }

    /// A sign-in is sent, and its answer is lost.
    pub fn lose_sign_in(&mut self) {
        let attempt = self.start_sign_in();
        self.feed(|stored| Event::SignInLost { attempt, stored });
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
            Effect::SendRefresh { ticket, session, .. } => {
                self.refreshes.push((ticket, self.monotonic));
                self.named.push(session);
            }
            Effect::AskSessions(ticket) => self.questions.push((ticket, self.monotonic)),
            Effect::ProbeNetwork(ticket) => {
                self.probes.push(self.monotonic);
                let reached = self.network;
                self.feed(|_| Event::ProbeFinished { ticket, reached });
            }
            Effect::SendRevoke(revocation) => self.revocations.push(revocation),
            Effect::Broadcast(notice) => self.notices.push(notice),
            Effect::ReleaseLock | Effect::AbortRefresh(_) => {}
        }
    }

    /// The network goes, or comes back, and the browser says so.
    pub fn set_online(&mut self, online: bool) {
        self.network = online;
        self.feed(|_| Event::OnlineChanged(online));
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
            self.run_until_due();
        }
    }

    /// Goes on until the server is asked which sessions the browser holds.
    pub fn run_until_question(&mut self) {
        let before = self.questions.len();
        while self.questions.len() == before {
            self.run_until_due();
        }
    }

    fn run_until_due(&mut self) {
        let wait = self.machine.poll_timeout().expect("something is due").duration_since(self.now().wall);
        self.monotonic += wait.as_secs_f64().max(0.001);
        self.sync();
    }

    /// What the driver's timer does.
    pub fn sync(&mut self) {
        self.wakes += 1;
        assert!(self.wakes < MOST_WAKES, "the machine wants to be woken all the time");
        self.feed(|stored| Event::RecordChanged { stored });
    }

    pub fn answer(&mut self, outcome: RefreshOutcome) {
        let (ticket, _) = *self.refreshes.last().expect("a refresh was sent");
        self.feed(|stored| Event::RefreshFinished { ticket, outcome, stored });
    }

    pub fn grant_refresh(&mut self, grant: IssuedTokens) {
        self.answer(RefreshOutcome::Granted(Box::new(grant)));
    }

    /// Identifies the token that a request would carry now.
    pub fn token(&self) -> TokenId {
        match self.authorization() {
            Authorization::Ready { token, .. } => token,
            other => panic!("{other:?}"),
        }
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
            CredentialKind::Cookie => Credentials::Cookie,
            CredentialKind::SessionCookie => Credentials::SessionCookie { session: session_of(number) },
            CredentialKind::Bearer => Credentials::Bearer {
                access: AccessToken::new(format!("access.{number}")).expect("a token"),
                refresh: Some(RefreshToken::new(format!("refresh.{number}")).expect("a token")),
            },
        },
        access_issued_at: Some(at(issued_at)),
        access_expires_at: Some(at(issued_at + lifetime)),
        refresh_expires_at: Some(at(86_400)),
        session_ends_at: Some(at(86_400)),
    }
}

/// Refreshes have the numbers up to 8; number 9 is the sign-in of somebody else.
pub fn session_of(number: u32) -> SessionId {
    SessionId::new(format!("{:032x}", number / 9)).expect("32 digits")
}

pub fn revocation_of(number: u32) -> Revocation {
    match transport() {
        CredentialKind::Cookie => Revocation::Cookie,
        CredentialKind::SessionCookie => Revocation::Session(session_of(number)),
        CredentialKind::Bearer => Revocation::Token(RefreshToken::new(format!("refresh.{number}")).expect("a token")),
    }
}
