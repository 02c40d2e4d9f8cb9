//! What a tab makes of a record that another one has written.

use std::time::Duration;

use yew_auth_session::{Degradation, Event, RefreshOutcome, RefreshPause, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, at, grant, revocation_of};

over_every_transport! {
    a_pause_that_may_be_from_before_a_jump_is_kept_for_as_long_as_a_request_may_take,
    a_pause_that_was_certainly_written_after_a_jump_is_kept_to_the_second,
    a_pause_ends_with_the_session_that_it_was_for,
    a_pause_ends_with_its_session_even_where_two_tabs_have_written_at_once,
    an_older_pause_does_not_replace_the_one_that_was_heard,
    whoever_clears_the_sites_data_comes_after_all_that_was_written,
}

/// A tab that got no events from second 50 on, and finds at second 120 that the clock was set forward by 100 s. Another tab
/// has sent a refresh when the clock showed `since`.
fn woken_after_jump(since: i64) -> Rig {
    let mut rig = Rig::signed_in_for(3_000);
    rig.run_until(50.0);
    rig.sync();
    let mut record = rig.record();
    let number = record.refresh_pause.map_or(0, |pause| pause.number + 1);
    record.refresh_pause = Some(RefreshPause { number, since: at(since), until: at(since + 31) });
    rig.stored = Stored::Present(Box::new(record));
    rig.monotonic = 120.0;
    rig.jumped = 100;
    rig.sync();
    rig
}

fn a_pause_that_may_be_from_before_a_jump_is_kept_for_as_long_as_a_request_may_take() {
    let mut rig = woken_after_jump(110);
    rig.run_until(150.9);
    assert_eq!(rig.refreshes, []);
    rig.run_until(151.1);
    assert_eq!(rig.refreshes.len(), 1);
}

fn a_pause_that_was_certainly_written_after_a_jump_is_kept_to_the_second() {
    let mut rig = woken_after_jump(200);
    rig.run_until(130.9);
    assert_eq!(rig.refreshes, []);
    rig.run_until(131.1);
    assert_eq!(rig.refreshes.len(), 1);
}

/// At second 240 the server asks for a pause of 200 s.
fn told_to_wait() -> Rig {
    let mut rig = Rig::signed_in();
    rig.run_until(240.0);
    let retry_after = Some(Duration::from_secs(200));
    rig.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
    rig
}

fn a_pause_ends_with_the_session_that_it_was_for() {
    let mut rig = told_to_wait();
    let mut other = Rig::started(rig.stored.clone());
    other.monotonic = 250.0;
    other.sync();
    other.sign_in(grant(9, 250, 300));
    rig.monotonic = 251.0;
    rig.stored = other.stored;
    rig.sync();
    rig.feed(|_| Event::RefreshRequested);
    rig.run_until(256.0);
    assert_eq!(rig.refreshes.len(), 2);
}

fn a_pause_ends_with_its_session_even_where_two_tabs_have_written_at_once() {
    let mut rig = told_to_wait();
    let mut other = Rig::started(Stored::Absent);
    other.monotonic = 250.0;
    other.sign_in(grant(9, 250, 300));
    let mut record = other.record();
    record.generation = rig.machine.generation();
    rig.monotonic = 251.0;
    rig.stored = Stored::Present(Box::new(record));
    rig.sync();
    rig.feed(|_| Event::RefreshRequested);
    rig.run_until(256.0);
    assert_eq!(rig.refreshes.len(), 2);
}

fn an_older_pause_does_not_replace_the_one_that_was_heard() {
    let mut rig = told_to_wait();
    let mut record = rig.record();
    let heard = record.refresh_pause.expect("a pause");
    record.refresh_pause = Some(RefreshPause { number: heard.number - 1, since: at(239), until: at(270) });
    rig.stored = Stored::Present(Box::new(record));
    rig.monotonic = 245.0;
    rig.sync();
    let mut user = rig.machine.state().session().unwrap().user.clone();
    user.first_name = "Ada".to_owned();
    rig.feed(|stored| Event::UserChanged { user: Box::new(user), stored });
    assert_eq!(rig.record().refresh_pause, Some(heard), "a page that is loaded then keeps it, too");
}

fn whoever_clears_the_sites_data_comes_after_all_that_was_written() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    rig.stored = Stored::Absent;
    rig.sync();
    assert!(rig.machine.generation() > other.machine.generation());
    rig.sign_in(grant(9, 0, 300));
    other.stored = rig.stored;
    other.sync();
    assert_eq!(other.record().session().unwrap().credentials, grant(9, 0, 300).credentials);
    assert!(other.is_ready());
}

#[test]
fn of_a_sign_out_and_a_sign_in_that_were_written_at_once_the_one_that_is_stored_stands_and_both_are_remembered() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    for tab in [&mut rig, &mut other] {
        tab.monotonic = 10.0;
        tab.feed(|_| Event::OnlineChanged(false));
    }
    other.sign_in(grant(9, 10, 300));
    rig.feed(|stored| Event::SignOutRequested { stored });
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::SignedOut));
    assert_eq!(rig.machine.generation(), other.machine.generation());
    let mut record = other.record();
    record.revocations.clear();
    rig.stored = Stored::Present(Box::new(record));
    rig.sync();
    assert_eq!(rig.record().session().unwrap().credentials, grant(9, 10, 300).credentials);
    assert!(rig.is_ready());
    assert_eq!(rig.record().revocations, [revocation_of(0)], "nobody forgets the session that was signed out");
    assert!(rig.machine.generation() > other.machine.generation(), "and the others are told");
}
