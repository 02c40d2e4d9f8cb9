//! The clock is set by less than a page takes for a jump: what the page knows of the server's clock is that much less certain.

use yew_auth_session::{Event, IssuedTokens, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, at, grant};

over_every_transport! {
    seed_5438853_a_clock_that_is_set_forward_by_a_second_ends_no_session_early,
    seed_5438853_a_page_that_hears_of_the_estimate_after_the_clock_was_set_ends_no_session_early,
    seed_41398_a_clock_that_is_set_back_by_two_seconds_keeps_no_token_in_use_for_longer,
    a_page_that_has_read_no_record_so_far_counts_the_moves_since_that_reading,
    a_page_counts_each_move_of_the_clock_between_two_readings_of_the_record,
    a_page_counts_no_move_of_the_clock_from_before_the_last_reading,
    a_sleep_during_the_refresh_that_is_too_short_to_be_noticed_keeps_no_token_in_use_for_longer,
    seed_41398_a_frozen_page_that_first_gets_an_answer_and_then_the_record_counts_the_move_of_the_clock,
}

/// A session that ends at second 1,500.
fn until_1500(number: u32, issued_at: i64) -> IssuedTokens {
    IssuedTokens { session_ends_at: Some(at(1_500)), ..grant(number, issued_at, 1_000) }
}

fn refresh_at_150(rig: &mut Rig) {
    rig.monotonic = 150.0;
    rig.feed(|_| Event::RefreshRequested);
    rig.grant_refresh(grant(1, 150, 300));
}

/// The page reads what another one has stored.
fn hear_at(rig: &mut Rig, second: f64, stored: Stored) {
    rig.monotonic = second;
    rig.stored = stored;
    rig.sync();
}

fn shows_session_at(rig: &mut Rig, second: f64) -> bool {
    rig.monotonic = second;
    rig.sync();
    rig.machine.state().session().is_some()
}

/// `iat` is in whole seconds, so a page takes a token to end a second before its time.
fn assert_ready_until(mut rig: Rig, last: f64, over: f64) {
    rig.monotonic = last;
    assert!(rig.is_ready(), "{:?}", rig.authorization());
    rig.monotonic = over;
    assert!(!rig.is_ready(), "{:?}", rig.authorization());
}

fn seed_5438853_a_clock_that_is_set_forward_by_a_second_ends_no_session_early() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(until_1500(0, 0));
    rig.jumped = 1;
    assert!(shows_session_at(&mut rig, 1_499.9));
    assert!(!shows_session_at(&mut rig, 1_500.1));
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::AbsoluteEnd));
}

fn seed_5438853_a_page_that_hears_of_the_estimate_after_the_clock_was_set_ends_no_session_early() {
    let mut awake = Rig::started(Stored::Absent);
    awake.sign_in(until_1500(0, 0));
    let mut frozen = Rig::started(awake.stored.clone());
    awake.monotonic = 940.0;
    awake.sync();
    awake.grant_refresh(until_1500(1, 940));
    frozen.jumped = 1;
    hear_at(&mut frozen, 960.0, awake.stored);
    assert!(shows_session_at(&mut frozen, 1_499.9));
    assert!(!shows_session_at(&mut frozen, 1_500.1));
}

fn seed_41398_a_clock_that_is_set_back_by_two_seconds_keeps_no_token_in_use_for_longer() {
    let mut rig = Rig::signed_in();
    rig.jumped = -2;
    assert_ready_until(rig, 298.9, 299.1);
}

fn seed_41398_a_frozen_page_that_first_gets_an_answer_and_then_the_record_counts_the_move_of_the_clock() {
    let mut awake = Rig::signed_in();
    let mut frozen = Rig::started(awake.stored.clone());
    refresh_at_150(&mut awake);
    frozen.monotonic = 200.0;
    frozen.jumped = -2;
    frozen.feed(|_| Event::OnlineChanged(true));
    hear_at(&mut frozen, 200.0, awake.stored);
    assert_ready_until(frozen, 448.9, 449.1);
}

fn a_page_that_has_read_no_record_so_far_counts_the_moves_since_that_reading() {
    let mut frozen = Rig::started(Stored::Absent);
    let mut awake = Rig::started(Stored::Absent);
    awake.sign_in(until_1500(0, 0));
    frozen.jumped = 1;
    hear_at(&mut frozen, 960.0, awake.stored);
    assert!(shows_session_at(&mut frozen, 1_499.9));
}

fn a_page_counts_each_move_of_the_clock_between_two_readings_of_the_record() {
    let mut awake = Rig::signed_in();
    let mut other = Rig::started(awake.stored.clone());
    awake.jumped = 1;
    refresh_at_150(&mut awake);
    other.jumped = 1;
    other.monotonic = 160.0;
    other.feed(|_| Event::OnlineChanged(true));
    other.jumped = 0;
    hear_at(&mut other, 200.0, awake.stored);
    assert_ready_until(other, 447.0, 449.1);
}

fn a_page_counts_no_move_of_the_clock_from_before_the_last_reading() {
    let mut awake = Rig::signed_in();
    let mut other = Rig::started(awake.stored.clone());
    (awake.jumped, other.jumped) = (-1, -1);
    other.monotonic = 120.0;
    other.sync();
    refresh_at_150(&mut awake);
    hear_at(&mut other, 160.0, awake.stored);
    assert_ready_until(other, 448.9, 449.1);
}

/// The monotonic clock stands still while the computer sleeps, so the wall clock goes ahead of it.
fn a_sleep_during_the_refresh_that_is_too_short_to_be_noticed_keeps_no_token_in_use_for_longer() {
    const SLEPT: i64 = 2;
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    let issued = rig.second();
    rig.jumped = SLEPT;
    rig.grant_refresh(grant(1, issued, 300));
    let ends = 539.0 - 2.0;
    assert_eq!(issued, 239);
    assert_ready_until(rig, ends - 1.1, ends);
}
