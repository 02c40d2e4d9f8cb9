//! The limit of idleness, where the clock is set or other tabs have been active.

use std::time::Duration;

use yew_auth_session::{Event, RefreshPolicy, SessionMachine, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, grant};
use crate::transport::transport;

const IDLE: SessionState = SessionState::Unauthenticated(SignOutReason::Idle);

over_every_transport! {
    a_tab_that_thaws_ends_no_session_in_which_somebody_was_active_meanwhile,
    a_clock_that_is_set_back_does_not_switch_off_the_idle_limit,
    nor_does_it_where_nobody_does_anything_after,
    nor_does_it_for_a_page_that_is_loaded_after,
    an_idle_end_is_told_to_a_page_that_reads_nothing_without_waking_it_all_the_time,
}

/// A page whose sessions end after ten minutes in which nobody does anything.
fn started(stored: Stored) -> Rig {
    let mut rig = Rig::waiting(stored);
    let mut policy = RefreshPolicy::default();
    policy.idle_limit = Some(Duration::from_secs(600));
    rig.machine = SessionMachine::new(policy, transport(), 7);
    rig.feed(|stored| Event::Started { stored, online: true });
    rig.find_no_session();
    rig
}

fn signed_in() -> Rig {
    let mut rig = started(Stored::Absent);
    rig.sign_in(grant(0, 0, 80_000));
    rig
}

fn set_back_by_two_hours() -> Rig {
    let mut rig = signed_in();
    rig.monotonic = 10.0;
    rig.sync();
    rig.jumped = -7_200;
    rig.monotonic = 20.0;
    rig
}

fn assert_idle_from(mut rig: Rig, second: f64) {
    rig.run_until(second - 1.0);
    assert_ne!(*rig.machine.state(), IDLE);
    rig.run_until(second + 1.0);
    assert_eq!(*rig.machine.state(), IDLE);
}

fn a_tab_that_thaws_ends_no_session_in_which_somebody_was_active_meanwhile() {
    let mut frozen = signed_in();
    let mut awake = started(frozen.stored.clone());
    awake.monotonic = 590.0;
    awake.feed(|_| Event::Active);
    frozen.monotonic = 700.0;
    frozen.stored = awake.stored;
    // The browser tells of the network before the page has looked at the storage.
    frozen.feed(|_| Event::OnlineChanged(true));
    frozen.sync();
    assert_eq!((frozen.username(), frozen.revocations.len()), (Some("ada"), 0));
}

fn a_clock_that_is_set_back_does_not_switch_off_the_idle_limit() {
    let mut rig = set_back_by_two_hours();
    rig.sync();
    rig.feed(|_| Event::Active);
    assert_idle_from(rig, 620.0);
}

fn nor_does_it_where_nobody_does_anything_after() {
    let mut rig = set_back_by_two_hours();
    rig.sync();
    rig.run_until(601.0);
    assert_eq!(*rig.machine.state(), IDLE);
}

fn nor_does_it_for_a_page_that_is_loaded_after() {
    let mut rig = set_back_by_two_hours();
    rig.sync();
    let mut next = Rig { jumped: -7_200, ..started(Stored::Absent) };
    next.monotonic = 30.0;
    next.stored = rig.stored;
    next.sync();
    assert_idle_from(next, 630.0);
}

fn an_idle_end_is_told_to_a_page_that_reads_nothing_without_waking_it_all_the_time() {
    let mut rig = signed_in();
    rig.monotonic = 600.0;
    rig.machine.handle_timeout(rig.now());
    let next = rig.machine.poll_timeout().expect("the record is to be read");
    assert_eq!(next.duration_since(rig.now().wall), Duration::from_secs(1));
    rig.sync();
    assert_eq!(*rig.machine.state(), IDLE);
}
