//! Any answers, in any order and at any time, however far from each other the clocks are.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::arbitrary::{Error, Unstructured};
use libfuzzer_sys::fuzz_target;
use yew_auth_session::{
    AccessToken, CredentialKind, Credentials, Degradation, Effect, Event, FoundSession, IssuedTokens, Now,
    RefreshOutcome, RefreshPolicy, RefreshToken, SessionId, SessionMachine, SessionsOutcome, SignInId, Stored, Ticket,
    Timestamp, User,
};

/// One event may bring about so many effects. More is a loop.
const MOST_EFFECTS: usize = 50;

fuzz_target!(|data: &[u8]| {
    // It ends where the bytes do.
    let _ = Page::open(Unstructured::new(data)).and_then(Page::live);
});

struct Page<'a> {
    bytes: Unstructured<'a>,
    kind: CredentialKind,
    machine: SessionMachine,
    now: Now,
    stored: Stored,
    refresh: Option<Ticket>,
    question: Option<Ticket>,
}

impl<'a> Page<'a> {
    fn open(mut bytes: Unstructured<'a>) -> Result<Self, Error> {
        let kind = *bytes.choose(&[CredentialKind::Bearer, CredentialKind::Cookie, CredentialKind::SessionCookie])?;
        let machine = SessionMachine::new(RefreshPolicy::default(), kind, 7);
        let now = Now { wall: time(&mut bytes)?, monotonic: Duration::ZERO };
        let mut page = Self { bytes, kind, machine, now, stored: Stored::Absent, refresh: None, question: None };
        page.feed(|stored| Event::Started { stored, online: true });
        Ok(page)
    }

    fn live(mut self) -> Result<(), Error> {
        while !self.bytes.is_empty() {
            self.time_passes()?;
            match self.bytes.int_in_range(0..=9)? {
                0 | 1 => self.sign_in()?,
                2 | 3 => self.answer_refresh()?,
                4 => self.answer_question()?,
                5 => self.feed(|stored| Event::SignOutRequested { stored }),
                6 => {
                    let session = session(&mut self.bytes)?;
                    self.feed(|stored| Event::AnotherSession { session, stored });
                }
                7 => self.feed(|_| Event::RefreshRequested),
                8 => self.feed(|stored| Event::Woke { stored }),
                _ => self.feed(|stored| Event::RecordChanged { stored }),
            }
            let _ = (self.machine.authorization(self.now), self.machine.planned_end(), self.machine.poll_timeout());
        }
        Ok(())
    }

    fn time_passes(&mut self) -> Result<(), Error> {
        let passed = Duration::from_millis(self.bytes.int_in_range(0..=600_000)?);
        self.now.monotonic += passed;
        self.now.wall = if self.bytes.ratio(1, 8)? { time(&mut self.bytes)? } else { self.now.wall + passed };
        Ok(())
    }

    fn sign_in(&mut self) -> Result<(), Error> {
        let attempt = SignInId::new("fuzz");
        let started = attempt.clone();
        self.feed(|stored| Event::SignInStarted { attempt: started, stored });
        let (user, tokens) = (Box::new(User::new("1", "demo")), Box::new(self.tokens()?));
        let sent = self.sent()?;
        self.feed(|stored| Event::SignedIn { attempt, user, tokens, sent, stored });
        Ok(())
    }

    fn answer_refresh(&mut self) -> Result<(), Error> {
        let Some(ticket) = self.refresh.take() else { return Ok(()) };
        let outcome = match self.bytes.int_in_range(0..=5)? {
            0 => RefreshOutcome::Refused,
            1 => RefreshOutcome::AnotherSession,
            2 => RefreshOutcome::Failed { cause: Degradation::BadAnswer, retry_after: self.retry_after()? },
            3 => RefreshOutcome::Confirmed,
            _ => RefreshOutcome::Granted(Box::new(self.tokens()?)),
        };
        self.feed(|stored| Event::RefreshFinished { ticket, outcome, stored });
        Ok(())
    }

    fn answer_question(&mut self) -> Result<(), Error> {
        let Some(ticket) = self.question.take() else { return Ok(()) };
        let outcome = match self.bytes.ratio(1, 4)? {
            true => SessionsOutcome::Failed { cause: Degradation::Unreachable, retry_after: self.retry_after()? },
            false => {
                let count = self.bytes.int_in_range(0..=7)?;
                let sessions = (0..count).map(|_| found(&mut self.bytes)).collect::<Result<_, _>>()?;
                SessionsOutcome::Found { sessions, server_time: some_time(&mut self.bytes)? }
            }
        };
        let sent = self.sent()?;
        self.feed(|stored| Event::SessionsListed { ticket, outcome, sent, stored });
        Ok(())
    }

    fn feed(&mut self, event: impl FnOnce(Stored) -> Event) {
        self.machine.handle_event(event(self.stored.clone()), self.now);
        for _ in 0..MOST_EFFECTS {
            match self.machine.poll_effect() {
                None => return,
                Some(Effect::Store(record)) => {
                    self.stored = record.replacing(&self.stored).map_or(self.stored.clone(), Stored::Present);
                }
                Some(Effect::TryLock | Effect::StealLock) => {
                    self.machine.handle_event(Event::LockGranted { stored: self.stored.clone() }, self.now);
                }
                Some(Effect::SendRefresh { ticket, .. }) => self.refresh = Some(ticket),
                Some(Effect::AskSessions(ticket)) => self.question = Some(ticket),
                Some(_) => {}
            }
        }
        panic!("the machine has no end of effects");
    }

    fn tokens(&mut self) -> Result<IssuedTokens, Error> {
        let credentials = match self.kind {
            CredentialKind::Bearer => Credentials::Bearer {
                access: AccessToken::new(format!("a.{}", self.bytes.arbitrary::<u16>()?)).expect("a token"),
                refresh: if self.bytes.ratio(1, 4)? { None } else { Some(RefreshToken::new("r").expect("a token")) },
            },
            CredentialKind::Cookie => Credentials::Cookie,
            CredentialKind::SessionCookie => Credentials::SessionCookie { session: session(&mut self.bytes)? },
        };
        Ok(IssuedTokens {
            credentials,
            access_issued_at: some_time(&mut self.bytes)?,
            access_expires_at: some_time(&mut self.bytes)?,
            refresh_expires_at: some_time(&mut self.bytes)?,
            session_ends_at: some_time(&mut self.bytes)?,
        })
    }

    /// When a request was sent that is answered now.
    fn sent(&mut self) -> Result<Duration, Error> {
        Ok(self.now.monotonic.saturating_sub(Duration::from_millis(self.bytes.int_in_range(0..=60_000)?)))
    }

    fn retry_after(&mut self) -> Result<Option<Duration>, Error> {
        Ok(self.bytes.arbitrary::<Option<u64>>()?.map(Duration::from_secs))
    }
}

fn found(bytes: &mut Unstructured<'_>) -> Result<FoundSession, Error> {
    Ok(FoundSession {
        session: session(bytes)?,
        user: User::new(bytes.int_in_range(0..=2u8)?.to_string(), "demo"),
        signed_in_at: some_time(bytes)?,
        access_issued_at: some_time(bytes)?,
        access_expires_at: some_time(bytes)?,
        refresh_expires_at: some_time(bytes)?,
        session_ends_at: some_time(bytes)?,
    })
}

/// One of four sessions.
fn session(bytes: &mut Unstructured<'_>) -> Result<SessionId, Error> {
    Ok(SessionId::new(format!("{:032x}", bytes.int_in_range(0..=3u8)?)).expect("32 digits"))
}

fn some_time(bytes: &mut Unstructured<'_>) -> Result<Option<Timestamp>, Error> {
    if bytes.ratio(1, 4)? { Ok(None) } else { time(bytes).map(Some) }
}

/// Near the present, or anywhere.
fn time(bytes: &mut Unstructured<'_>) -> Result<Timestamp, Error> {
    let is_near = bytes.ratio(3, 4)?;
    let millis =
        if is_near { 1_800_000_000_000 + bytes.int_in_range(-900_000..=900_000)? } else { bytes.arbitrary()? };
    Ok(Timestamp::from_millis(millis))
}
