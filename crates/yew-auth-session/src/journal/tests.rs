use std::time::Duration;

use super::*;
use crate::{
    AccessToken, Authorization, CredentialKind, Credentials, Effect, Event, IssuedTokens, RecordStatus, RefreshOutcome,
    RefreshPolicy, RefreshToken, SessionRecord, SignInId, Stored, Ticket, TokenId, User,
};

/// A machine and its journal, in virtual time.
struct Bench {
    machine: SessionMachine,
    journal: Journal,
    secs: u64,
    /// How far our clock is ahead.
    ahead: i64,
    stored: Stored,
    ticket: Option<Ticket>,
}

impl Bench {
    fn started() -> Self {
        let machine = SessionMachine::new(RefreshPolicy::default(), CredentialKind::Bearer, 1);
        let (journal, stored) = (Journal::default(), Stored::Absent);
        let mut bench = Self { machine, journal, secs: 0, ahead: 0, stored, ticket: None };
        bench.feed(|stored| Event::Started { stored, online: true });
        bench
    }

    fn signed_in() -> Self {
        let mut bench = Self::started();
        let (user, tokens) = (Box::new(User::new("1", "demo")), Box::new(bench.grant()));
        let sent = bench.now().monotonic;
        let attempt = SignInId::new("1");
        bench.feed(|stored| Event::SignedIn { attempt, user, tokens, sent, stored });
        bench
    }

    fn now(&self) -> Now {
        let wall = 1_000_000 + self.secs.cast_signed() + self.ahead;
        Now { wall: Timestamp::from_secs(wall), monotonic: Duration::from_secs(self.secs) }
    }

    /// What the server grants now, by its own clock.
    fn grant(&self) -> IssuedTokens {
        let issued_at = Timestamp::from_secs(1_000_000 + self.secs.cast_signed());
        IssuedTokens {
            credentials: Credentials::Bearer {
                access: AccessToken::new(format!("canary-access-{}", self.secs)).unwrap(),
                refresh: Some(RefreshToken::new(format!("canary-refresh-{}", self.secs)).unwrap()),
            },
            access_issued_at: Some(issued_at),
            access_expires_at: Some(issued_at + Duration::from_secs(300)),
            refresh_expires_at: None,
            session_ends_at: None,
        }
    }

    fn feed(&mut self, event: impl FnOnce(Stored) -> Event) {
        self.take(event(self.stored.clone()));
    }

    fn take(&mut self, event: Event) {
        let now = self.now();
        let kind = EventKind::from(&event);
        self.machine.handle_event(event, now);
        self.journal.note(kind, &self.machine, now);
        while let Some(effect) = self.machine.poll_effect() {
            self.journal.note_effect(&effect, now);
            match effect {
                Effect::Store(record) => self.stored = Stored::Present(record),
                Effect::TryLock => self.take(Event::LockGranted { stored: self.stored.clone() }),
                Effect::SendRefresh { ticket, .. } => self.ticket = Some(ticket),
                _ => {}
            }
        }
    }

    fn sync_at(&mut self, secs: u64) {
        self.secs = secs;
        self.feed(|stored| Event::RecordChanged { stored });
    }

    fn answer(&mut self, outcome: RefreshOutcome) {
        let ticket = self.ticket.take().expect("a refresh was sent");
        self.feed(|stored| Event::RefreshFinished { ticket, outcome, stored });
    }

    fn token(&self) -> TokenId {
        match self.machine.authorization(self.now()) {
            Authorization::Ready { token, .. } => token,
            other => panic!("{other:?}"),
        }
    }

    fn events(&self) -> Vec<JournalEvent> {
        self.journal.entries().map(|entry| entry.what).collect()
    }

    /// What was told since, without what came before.
    fn events_after(&self, count: usize) -> Vec<JournalEvent> {
        self.events().split_off(count)
    }
}

fn failed(cause: Degradation) -> RefreshOutcome {
    RefreshOutcome::Failed { cause, retry_after: None }
}

#[test]
fn a_sign_in_and_a_refresh_are_told_in_their_order() {
    let mut bench = Bench::signed_in();
    bench.sync_at(239);
    bench.secs = 240;
    let granted = bench.grant();
    bench.answer(RefreshOutcome::Granted(Box::new(granted)));
    let generation = bench.machine.generation();
    let refresh = [JournalEvent::RefreshSent, JournalEvent::Refreshed(generation)];
    assert_eq!(bench.events(), [[JournalEvent::Started, JournalEvent::SignedIn], refresh].concat());
}

#[test]
fn events_that_change_nothing_leave_no_entry() {
    let mut bench = Bench::signed_in();
    let before = bench.events().len();
    for secs in (20..220).step_by(20) {
        bench.sync_at(secs);
    }
    assert_eq!(bench.events_after(before), []);
}

#[test]
fn a_refresh_that_fails_says_why_and_when_the_next_one_is_due() {
    let mut bench = Bench::signed_in();
    bench.sync_at(239);
    let before = bench.events().len();
    bench.answer(failed(Degradation::Unreachable));
    let told = bench.events_after(before);
    let [JournalEvent::RefreshFailed(Degradation::Unreachable, Some(next))] = told[..] else { panic!("{told:?}") };
    assert!(next >= bench.now().wall + Duration::from_secs(31), "{next:?}");
}

#[test]
fn a_refresh_without_an_answer_is_told_as_one_that_failed() {
    let mut bench = Bench::signed_in();
    bench.sync_at(239);
    let before = bench.events().len();
    bench.sync_at(254);
    let told = bench.events_after(before);
    assert!(matches!(told[..], [JournalEvent::RefreshFailed(Degradation::TimedOut, Some(_))]), "{told:?}");
}

#[test]
fn a_refresh_that_failed_is_told_once() {
    let mut bench = Bench::signed_in();
    bench.sync_at(239);
    bench.answer(failed(Degradation::Unreachable));
    let before = bench.events().len();
    bench.sync_at(245);
    assert_eq!(bench.events_after(before), []);
}

#[test]
fn an_end_says_why() {
    let mut bench = Bench::signed_in();
    bench.sync_at(239);
    let before = bench.events().len();
    bench.answer(RefreshOutcome::Refused);
    assert_eq!(bench.events_after(before), [JournalEvent::SignedOut(SignOutReason::Revoked)]);
}

#[test]
fn what_another_tab_has_done_is_told_as_taken_over() {
    let mut bench = Bench::signed_in();
    let Stored::Present(record) = bench.stored.clone() else { panic!("a record") };
    let generation = record.generation.next();
    let RecordStatus::SignedIn(mut session) = record.status else { panic!("a session") };
    session.access_expires_at = session.access_expires_at.map(|at| at + Duration::from_secs(60));
    let status = RecordStatus::SignedIn(session);
    bench.stored = Stored::Present(Box::new(SessionRecord { generation, status, ..*record }));
    let before = bench.events().len();
    bench.sync_at(10);
    assert_eq!(bench.events_after(before), [JournalEvent::Adopted(generation)]);
}

#[test]
fn a_clock_that_jumps_and_the_skew_that_is_found_then_are_told() {
    let mut bench = Bench::signed_in();
    let before = bench.events().len();
    bench.ahead = 3_600;
    bench.sync_at(100);
    assert_eq!(bench.events_after(before), [JournalEvent::ClockJumped(3_600_000), JournalEvent::RefreshSent]);
    let before = bench.events().len();
    let granted = bench.grant();
    bench.answer(RefreshOutcome::Granted(Box::new(granted)));
    let told = bench.events_after(before);
    let [JournalEvent::Refreshed(_), JournalEvent::SkewFound(skew)] = told[..] else { panic!("{told:?}") };
    assert_eq!(skew.as_millis(), 3_600_000);
}

#[test]
fn a_refused_token_and_a_lock_that_is_busy_or_stolen_are_told() {
    let mut bench = Bench::signed_in();
    let before = bench.events().len();
    let token = bench.token();
    bench.feed(|_| Event::LockBusy { holder: None });
    bench.feed(|_| Event::AccessTokenRejected(token));
    bench.journal.note_effect(&Effect::StealLock, bench.now());
    let told = [JournalEvent::LockBusy, JournalEvent::TokenRefused, JournalEvent::LockStolen];
    assert_eq!(bench.events_after(before), told);
}

#[test]
fn the_network_and_waking_are_told() {
    let mut bench = Bench::signed_in();
    let before = bench.events().len();
    bench.feed(|_| Event::OnlineChanged(false));
    bench.feed(|_| Event::OnlineChanged(true));
    bench.feed(|stored| Event::Woke { stored });
    assert_eq!(bench.events_after(before), [JournalEvent::WentOffline, JournalEvent::CameOnline, JournalEvent::Woke]);
}

#[test]
fn the_journal_has_a_bounded_length_and_counts_on() {
    let mut bench = Bench::signed_in();
    for _ in 0..LENGTH {
        bench.feed(|stored| Event::Woke { stored });
    }
    assert_eq!(bench.journal.entries().count(), LENGTH);
    assert_eq!(bench.journal.entries().next_back().unwrap().number, LENGTH as u64 + 1);
}

#[test]
fn t1_neither_the_journal_nor_an_inspection_has_a_token_in_it() {
    let mut bench = Bench::signed_in();
    bench.sync_at(239);
    let told = format!("{:?} {:?}", bench.journal, bench.machine.inspect());
    assert!(!told.contains("canary"), "{told}");
}

#[test]
fn a_change_of_the_persons_own_details_is_no_session_taken_over() {
    let mut bench = Bench::signed_in();
    let before = bench.events().len();
    let mut user = User::new("1", "demo");
    user.first_name = "Ada".to_owned();
    bench.feed(|stored| Event::UserChanged { user: Box::new(user), stored });
    assert_eq!(bench.events_after(before), []);
}

#[test]
fn a_refresh_that_changes_nothing_is_not_told() {
    let mut bench = Bench::signed_in();
    bench.sync_at(239);
    let before = bench.events().len();
    bench.feed(|stored| Event::SignOutRequested { stored });
    let granted = bench.grant();
    bench.answer(RefreshOutcome::Granted(Box::new(granted)));
    assert_eq!(bench.events_after(before), [JournalEvent::SignedOut(SignOutReason::SignedOut)]);
}

#[test]
fn a_clock_that_moves_by_no_more_than_two_seconds_has_not_jumped() {
    let at = |wall: i64, secs| Now { wall: Timestamp::from_millis(wall), monotonic: Duration::from_secs(secs) };
    assert_eq!(jump(at(0, 0), at(10_000 + JUMP_MS.cast_signed(), 10)), None);
    assert_eq!(jump(at(0, 0), at(10_001 + JUMP_MS.cast_signed(), 10)), Some(JUMP_MS.cast_signed() + 1));
}

#[test]
fn a_skew_that_moves_by_no_more_than_a_second_and_a_half_is_no_news() {
    let before = Bench::signed_in().machine.inspect();
    let moved_by = |millis: i64| {
        let mut after = before.clone();
        let Some(Ok(session)) = &mut after.session else { panic!("signed in") };
        session.skew = Skew::between(Timestamp::from_millis(session.skew.as_millis() + millis), Timestamp::default());
        skew_found(&before, &after)
    };
    let step = SKEW_STEP_MS.cast_signed();
    assert_eq!((moved_by(step), moved_by(-step)), (None, None));
    assert!(matches!(moved_by(step + 1), Some(JournalEvent::SkewFound(_))));
}

#[test]
fn a_sign_in_that_is_not_shown_is_not_told() {
    let mut bench = Bench::started();
    bench.machine = SessionMachine::new(RefreshPolicy::default(), CredentialKind::SessionCookie, 1);
    bench.feed(|stored| Event::Started { stored, online: true });
    let before = bench.events().len();
    // Nobody has marked it: others have taken this page for dead, and the session is revoked.
    let session = "0".repeat(32).parse().unwrap();
    let credentials = Credentials::SessionCookie { session };
    let (user, tokens) = (Box::new(User::new("1", "demo")), Box::new(IssuedTokens { credentials, ..bench.grant() }));
    let (attempt, sent) = (SignInId::new("1"), Duration::ZERO);
    bench.feed(|stored| Event::SignedIn { attempt, user, tokens, sent, stored });
    assert_eq!(bench.events_after(before), []);
}
