//! The clock is set by less than a page takes for a jump: what the page knows of the server's clock is that much less certain.

use yew_auth_session::{Event, IssuedTokens, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, at, grant};

over_every_transport! {
    seed_5438853_a_clock_that_is_set_forward_by_a_second_ends_no_session_early,
    seed_5438853_a_page_that_hears_of_the_estimate_after_the_clock_was_set_ends_no_session_early,
    seed_41398_a_clock_that_is_set_back_by_two_seconds_keeps_no_token_in_use_for_longer,
    a_page_that_has_read_no_record_so_far_counts_the_moves_since_that_reading,
    a_page_counts_each_move_of_the_clock_between_two_readings_of_the_record,
    a_sleep_during_the_refresh_that_is_too_short_to_be_noticed_keeps_no_token_in_use_for_longer,
    seed_41398_a_frozen_page_that_first_gets_an_answer_and_then_the_record_counts_the_move_of_the_clock,
}

/// A session that ends at second 1,500.
fn until_1500(number: u32, issued_at: i64) -> IssuedTokens {
    IssuedTokens { session_ends_at: Some(at(1_500)), ..grant(number, issued_at, 1_000) }
}

fn seed_5438853_a_clock_that_is_set_forward_by_a_second_ends_no_session_early() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(until_1500(0, 0));
    rig.jumped = 1;
    rig.monotonic = 1_499.9;
    rig.sync();
    assert!(rig.machine.state().session().is_some());
    rig.monotonic = 1_500.1;
    rig.sync();
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::AbsoluteEnd));
}

fn seed_5438853_a_page_that_hears_of_the_estimate_after_the_clock_was_set_ends_no_session_early() {
    let mut awake = Rig::started(Stored::Absent);
    awake.sign_in(until_1500(0, 0));
    let mut frozen = Rig::started(awake.stored.clone());
    awake.monotonic = 940.0;
    awake.sync();
    awake.grant_refresh(until_1500(1, 940));
    frozen.stored = awake.stored;
    frozen.jumped = 1;
    frozen.monotonic = 960.0;
    frozen.sync();
    frozen.monotonic = 1_499.9;
    frozen.sync();
    assert!(frozen.machine.state().session().is_some());
    frozen.monotonic = 1_500.1;
    frozen.sync();
    assert!(frozen.machine.state().session().is_none());
}

fn seed_41398_a_clock_that_is_set_back_by_two_seconds_keeps_no_token_in_use_for_longer() {
    let mut rig = Rig::signed_in();
    rig.jumped = -2;
    rig.monotonic = 298.9;
    assert!(rig.is_ready(), "{:?}", rig.authorization());
    rig.monotonic = 299.1;
    assert!(!rig.is_ready(), "`iat` is in whole seconds: the token may have been issued a second earlier");
}

fn seed_41398_a_frozen_page_that_first_gets_an_answer_and_then_the_record_counts_the_move_of_the_clock() {
    let mut awake = Rig::signed_in();
    let mut frozen = Rig::started(awake.stored.clone());
    awake.monotonic = 150.0;
    awake.feed(|_| Event::RefreshRequested);
    awake.grant_refresh(grant(1, 150, 300));
    frozen.monotonic = 200.0;
    frozen.jumped = -2;
    frozen.feed(|_| Event::OnlineChanged(true));
    frozen.stored = awake.stored;
    frozen.sync();
    frozen.monotonic = 448.9;
    assert!(frozen.is_ready(), "{:?}", frozen.authorization());
    frozen.monotonic = 449.1;
    assert!(!frozen.is_ready(), "{:?}", frozen.authorization());
}

fn a_page_that_has_read_no_record_so_far_counts_the_moves_since_that_reading() {
    let mut frozen = Rig::started(Stored::Absent);
    let mut awake = Rig::started(Stored::Absent);
    awake.sign_in(until_1500(0, 0));
    frozen.stored = awake.stored;
    frozen.jumped = 1;
    frozen.monotonic = 960.0;
    frozen.sync();
    frozen.monotonic = 1_499.9;
    frozen.sync();
    assert!(frozen.machine.state().session().is_some());
}

fn a_page_counts_each_move_of_the_clock_between_two_readings_of_the_record() {
    let mut awake = Rig::signed_in();
    let mut other = Rig::started(awake.stored.clone());
    awake.jumped = 1;
    awake.monotonic = 150.0;
    awake.feed(|_| Event::RefreshRequested);
    awake.grant_refresh(grant(1, 150, 300));
    other.jumped = 1;
    other.monotonic = 160.0;
    other.feed(|_| Event::OnlineChanged(true));
    other.jumped = 0;
    other.monotonic = 200.0;
    other.stored = awake.stored;
    other.sync();
    other.monotonic = 447.0;
    assert!(other.is_ready(), "{:?}", other.authorization());
    other.monotonic = 449.1;
    assert!(!other.is_ready(), "{:?}", other.authorization());
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
    rig.monotonic = ends - 1.1;
    assert!(rig.is_ready(), "{:?}", rig.authorization());
    rig.monotonic = ends;
    assert!(!rig.is_ready(), "{:?}", rig.authorization());
}
